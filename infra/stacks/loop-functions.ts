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
  readonly landEvents: LoopFunction;
  readonly updateProfile: LoopFunction;
  readonly publishCustomerChanges: LoopFunction;
  readonly refreshSegments: LoopFunction;
  readonly wakeSegments: LoopFunction;
  readonly readCustomer: LoopFunction;
  readonly readTimeline: LoopFunction;
  readonly readIdentities: LoopFunction;
  readonly unmergeCustomer: LoopFunction;
  readonly changeConsents: LoopFunction;
  readonly readCatalogue: LoopFunction;
  readonly writeCatalogue: LoopFunction;
  readonly makeDecision: LoopFunction;
  readonly decideBatch: LoopFunction;
  readonly replayDecision: LoopFunction;
  readonly publishDecisions: LoopFunction;
  readonly captureDisposition: LoopFunction;
  readonly deriveDispositions: LoopFunction;
  readonly learnFromDispositions: LoopFunction;
  readonly describeApi: LoopFunction;

  constructor(scope: Construct, id: string, { config, data }: LoopFunctionsProps) {
    super(scope, id);
    const { bus, customers, credentials, arrivals, catalogue, decisions, budgets, models, identityKey, lake } = data;
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

    this.collectInteractions = fn('collect-interactions', 'Takes what touchpoints tell and puts it on the bus', {
      reservedConcurrency: config.reservedConcurrency?.collect,
    })
      .reads(credentials, 'GetItem')
      .writes(arrivals, 'UpdateItem')
      .publishes(bus)
      .keys(identityKey)
      .identifies(config.identifiers);

    this.landEvents = fn('land-events', 'Unpacks bus events into rows of the lake', {
      timeout: Duration.seconds(60),
    });

    this.updateProfile = fn('update-profile', 'Folds interactions into live profiles', {
      timeout: Duration.seconds(30),
      memorySize: 1024,
    })
      .reads(customers, 'GetItem', 'BatchGetItem')
      .writes(customers, 'PutItem')
      .reads(catalogue, 'GetItem', 'Query')
      .identifies(config.identifiers);

    this.publishCustomerChanges = fn('publish-customer-changes', 'Tells the bus which profiles changed', {
      timeout: Duration.seconds(30),
    }).publishes(bus);

    this.refreshSegments = fn('refresh-segments', 'Looks which segments customers are in', {
      timeout: Duration.seconds(60),
      memorySize: 1024,
    })
      .reads(customers, 'GetItem', 'BatchGetItem')
      .writes(customers, 'PutItem')
      .reads(catalogue, 'GetItem', 'Query');

    this.wakeSegments = fn('wake-segments', 'Tells whose segments change by the passing of time', {
      timeout: Duration.minutes(5),
      memorySize: 1024,
    })
      .reads(customers, 'Query')
      .writes(customers, 'DeleteItem')
      .publishes(bus);

    this.readCustomer = fn('read-customer', 'Answers the single-customer view')
      .reads(customers, 'BatchGetItem')
      .keys(identityKey)
      .identifies(config.identifiers);

    this.readTimeline = fn('read-timeline', 'Answers what a customer did, newest first', {
      // An HTTP API gives up after 30 s.
      timeout: Duration.seconds(29),
    })
      .reads(customers, 'BatchGetItem', 'Query')
      .keys(identityKey)
      .identifies(config.identifiers)
      .queries(lake, 'interactions', 'identity_links', 'v_interactions', 'v_customers_identity');

    this.readIdentities = fn('read-identities', 'Answers which identifiers a customer has, and how they came together')
      .reads(customers, 'BatchGetItem')
      .keys(identityKey)
      .identifies(config.identifiers);

    this.unmergeCustomer = fn('unmerge-customer', 'Undoes a merge of customers')
      .reads(customers, 'BatchGetItem')
      .writes(customers, 'PutItem')
      .keys(identityKey)
      .identifies(config.identifiers);

    this.changeConsents = fn('change-consents', 'Takes down what customers agree to')
      .writes(arrivals, 'UpdateItem')
      .publishes(bus)
      .keys(identityKey)
      .identifies(config.identifiers);

    this.readCatalogue = fn('read-catalogue', 'Answers what the catalogue holds, now and before').reads(
      catalogue,
      'GetItem',
      'Query',
    );

    this.writeCatalogue = fn('write-catalogue', 'Checks and saves offers, rules, policies and strategies', {
      timeout: Duration.seconds(20),
      memorySize: 1024,
    })
      .reads(catalogue, 'Query')
      .writes(catalogue, 'PutItem', 'DeleteItem');

    const decides = (made: LoopFunction) =>
      made
        .reads(catalogue, 'GetItem', 'Query')
        .reads(customers, 'BatchGetItem', 'Query')
        .reads(decisions, 'BatchGetItem', 'Query')
        .reads(budgets, 'GetItem', 'BatchGetItem')
        .reads(models, 'BatchGetItem')
        .writes(customers, 'PutItem')
        .writes(decisions, 'PutItem')
        .writes(budgets, 'UpdateItem')
        .goesBy(config.timeZone);
    this.makeDecision = decides(
      fn('make-decision', 'Answers what to show a customer now', {
        timeout: Duration.seconds(10),
        // Most of its time it waits for DynamoDB, and waiting is billed by memory.
        memorySize: 512,
        reservedConcurrency: config.reservedConcurrency?.decide,
      }),
    )
      .reads(credentials, 'GetItem')
      .writes(arrivals, 'UpdateItem')
      .keys(identityKey)
      .identifies(config.identifiers);

    this.decideBatch = decides(
      fn('decide-batch', 'Decides for many customers at once', { timeout: Duration.seconds(60), memorySize: 1024 }),
    ).keys(identityKey);

    this.replayDecision = fn('replay-decision', 'Makes a decision again from its record').reads(decisions, 'Query');

    this.publishDecisions = fn('publish-decisions', 'Tells the bus which decisions were made', {
      timeout: Duration.seconds(30),
    }).publishes(bus);

    this.captureDisposition = fn('capture-disposition', 'Takes what customers did with treatments')
      .reads(decisions, 'Query')
      .writes(decisions, 'PutItem')
      .writes(arrivals, 'UpdateItem')
      .publishes(bus);

    this.deriveDispositions = fn('derive-dispositions', 'Takes the dispositions that interactions mean', {
      timeout: Duration.seconds(30),
    })
      .reads(decisions, 'Query')
      .writes(decisions, 'PutItem')
      .publishes(bus);

    this.learnFromDispositions = fn('learn-from-dispositions', 'Teaches models what customers did with treatments', {
      timeout: Duration.seconds(60),
      memorySize: 1024,
    })
      .reads(models, 'BatchGetItem')
      .writes(models, 'PutItem');

    this.describeApi = fn('describe-api', 'Answers the OpenAPI description');
  }

  get all(): readonly LoopFunction[] {
    return this.node.children.filter((child) => child instanceof LoopFunction);
  }
}
