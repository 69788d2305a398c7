import { Duration } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { functionMaker, type StageProps } from '#infra/stages/stage.ts';

/** The functions of the stage with all that they may touch. */
export function profileFunctions(stage: Construct, { config, data }: StageProps) {
  const { arrivals, bus, catalogue, customers, decisions, identityKey, lake } = data;
  const fn = functionMaker(stage, config);
  return {
    updateProfile: fn('update-profile', 'Folds interactions into live profiles', {
      timeout: Duration.seconds(30),
      memorySize: 1024,
    })
      .reads(customers, 'GetItem', 'BatchGetItem')
      .writes(customers, 'PutItem')
      .reads(catalogue, 'GetItem', 'Query')
      .identifies(config.identifiers),

    publishCustomerChanges: fn('publish-customer-changes', 'Tells the bus which profiles changed', {
      timeout: Duration.seconds(30),
    }).publishes(bus),

    readCustomer: fn('read-customer', 'Answers the single-customer view')
      .reads(customers, 'BatchGetItem')
      .keys(identityKey)
      .identifies(config.identifiers),

    readTimeline: fn('read-timeline', 'Answers what a customer did, newest first', {
      // An HTTP API gives up after 30 s.
      timeout: Duration.seconds(29),
    })
      .reads(customers, 'BatchGetItem', 'Query')
      .reads(decisions, 'BatchGetItem')
      .keys(identityKey)
      .identifies(config.identifiers)
      .queries(lake, 'interactions', 'identity_links', 'decisions', 'v_interactions', 'v_customers_identity'),

    readIdentities: fn('read-identities', 'Answers which identifiers a customer has, and how they came together')
      .reads(customers, 'BatchGetItem')
      .keys(identityKey)
      .identifies(config.identifiers),

    unmergeCustomer: fn('unmerge-customer', 'Undoes a merge of customers')
      .reads(customers, 'BatchGetItem')
      .writes(customers, 'PutItem')
      .keys(identityKey)
      .identifies(config.identifiers),

    changeConsents: fn('change-consents', 'Takes down what customers agree to')
      .writes(arrivals, 'UpdateItem')
      .publishes(bus)
      .keys(identityKey)
      .identifies(config.identifiers),
  };
}
export type ProfileFunctions = ReturnType<typeof profileFunctions>;
