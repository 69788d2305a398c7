import { createHash } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { v7 as uuidv7 } from 'uuid';
import { dynamoBudgets } from '#adapters/budgets-table/dynamo-budgets.ts';
import { dynamoContactLedgers } from '#adapters/customers-table/dynamo-contact-ledgers.ts';
import { dynamoDecisionReads } from '#adapters/customers-table/dynamo-decision-reads.ts';
import { dynamoDecisions } from '#adapters/decisions-table/dynamo-decisions.ts';
import { dynamoModels } from '#adapters/models-table/dynamo-models.ts';
import { decisionPlan } from '#domain/decision/decision-plan.ts';
import { type AskModels, askModels, type KnownModels } from '#domain/decision/model-propensities.ts';
import type { ModelKey } from '#domain/propensity/model-key.ts';
import type { Models } from '#ports/models.ts';
import { environment } from '#runtime/environment.ts';
import { inTime } from '#runtime/in-time.ts';
import { logger } from '#runtime/lambda.ts';
import { fullJitter } from '#runtime/retry.ts';
import { ofCatalogue } from '#use-cases/catalogue/of-catalogue.ts';
import { type DecisionMakerDeps, decisionMaker } from '#use-cases/decide/decision-maker.ts';
import { leasedBudgets } from '#use-cases/decide/leased-budgets.ts';
import { freshDynamoCatalogue } from './fresh-dynamo-catalogue.ts';

/** A change of the catalogue is in force everywhere after this time. */
const catalogueFreshMs = 30_000;
/** What models learned is in force everywhere after this time; a customer's own responses count at once. */
const modelsKeptMs = 15_000;
/** How long a decision waits for models. */
const modelPatienceMs = 300;

/** What makes decisions, on the tables that the environment names, with the plan that it makes them by. */
export function dynamoDecisionMaker(client: DynamoDBClient) {
  const { plan, ...deps } = dynamoDecisionDeps(client);
  return { plan, maker: decisionMaker(deps) };
}

/** What decisions are made with, for those who make them in a way of their own. */
export function dynamoDecisionDeps(client: DynamoDBClient) {
  const { CUSTOMERS_TABLE, DECISIONS_TABLE, BUDGETS_TABLE, MODELS_TABLE, USUAL_TIME_ZONE } = environment(
    'CUSTOMERS_TABLE',
    'DECISIONS_TABLE',
    'BUDGETS_TABLE',
    'MODELS_TABLE',
    'USUAL_TIME_ZONE',
  );
  const plan = ofCatalogue(freshDynamoCatalogue(client, catalogueFreshMs), decisionPlan);
  const deps: DecisionMakerDeps = {
    reads: dynamoDecisionReads(client, { customers: CUSTOMERS_TABLE, decisions: DECISIONS_TABLE }),
    ledgers: dynamoContactLedgers(client, CUSTOMERS_TABLE),
    decisions: dynamoDecisions(client, DECISIONS_TABLE),
    budgets: leasedBudgets(dynamoBudgets(client, BUDGETS_TABLE), {
      newId: uuidv7,
      onFault: (error) => logger.warn('Budgets could not be reached; what needs them may stay out', { error }),
    }),
    models: modelsInTime(dynamoModels(client, MODELS_TABLE, { keptMs: modelsKeptMs, now: Date.now })),
    hash: (text) => createHash('sha256').update(text, 'utf8').digest('hex'),
    usualZone: USUAL_TIME_ZONE,
    now: Date.now,
    pause: fullJitter(10, 400),
  };
  return { ...deps, plan };
}

/** Asks models, and goes without when they take too long or can't be read. What they work out is kept as long as they are. */
function modelsInTime(models: Models): (keys: readonly ModelKey[]) => Promise<AskModels | undefined> {
  let kept: { readonly models: KnownModels; readonly ask: AskModels } | undefined;
  return async (keys) => {
    const known = await inTime(models.load(keys), modelPatienceMs, (error) =>
      logger.warn('Models could not be read; priors decide', { error }),
    );
    if (known === undefined) return undefined;
    if (kept?.models !== known) kept = { models: known, ask: askModels(known) };
    return kept.ask;
  };
}
