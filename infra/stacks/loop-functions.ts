import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { StageConfig } from '#infra/config.ts';
import { LoopFunction, type LoopFunctionProps } from '#infra/constructs/loop-function.ts';
import type { DataStack } from './data-stack.ts';

export interface LoopFunctionsProps {
  readonly config: StageConfig;
  readonly data: DataStack;
}

/** Every function of the loop with all that it may touch. */
export class LoopFunctions extends Construct {
  readonly authorizeTouchpoint: LoopFunction;
  readonly collectInteractions: LoopFunction;
  readonly landInteractions: LoopFunction;
  readonly updateProfile: LoopFunction;
  readonly publishProfileChanges: LoopFunction;
  readonly readCustomer: LoopFunction;
  readonly readTimeline: LoopFunction;
  readonly describeApi: LoopFunction;

  constructor(scope: Construct, id: string, { config, data }: LoopFunctionsProps) {
    super(scope, id);
    const { bus, customers, credentials, identityKey, lake } = data;
    const fn = (name: string, description: string, options: Partial<LoopFunctionProps> = {}) =>
      new LoopFunction(this, name, {
        description,
        logRetention: config.logRetention,
        tracing: config.tracing,
        ...options,
      });

    this.authorizeTouchpoint = fn('authorize-touchpoint', 'Says whose credential a request carries').reads(
      credentials,
      'GetItem',
    );

    this.collectInteractions = fn('collect-interactions', 'Takes what touchpoints tell and puts it on the bus')
      .reads(credentials, 'GetItem')
      .publishes(bus)
      .keys(identityKey);

    this.landInteractions = fn('land-interactions', 'Unpacks bus events into rows of the lake', {
      timeout: Duration.seconds(60),
    });

    this.updateProfile = fn('update-profile', 'Folds interactions into live profiles', {
      timeout: Duration.seconds(30),
      memorySize: 1024,
    })
      .reads(customers, 'BatchGetItem')
      .writes(customers, 'PutItem');

    this.publishProfileChanges = fn('publish-profile-changes', 'Tells the bus which profiles changed', {
      timeout: Duration.seconds(30),
    }).publishes(bus);

    this.readCustomer = fn('read-customer', 'Answers the single-customer view')
      .reads(customers, 'GetItem', 'BatchGetItem', 'Query')
      .keys(identityKey);

    this.readTimeline = fn('read-timeline', 'Answers what a customer did, newest first', {
      // An HTTP API gives up after 30 s.
      timeout: Duration.seconds(29),
    })
      .reads(customers, 'GetItem', 'Query')
      .keys(identityKey)
      .queries(lake, 'interactions', 'v_interactions');

    this.describeApi = fn('describe-api', 'Answers the OpenAPI description');
  }

  get all(): readonly LoopFunction[] {
    return this.node.children.filter((child) => child instanceof LoopFunction);
  }
}
