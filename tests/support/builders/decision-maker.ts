import { createHash } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { v7 as uuidv7 } from 'uuid';
import { dynamoContactLedgers } from '#adapters/customers-table/dynamo-contact-ledgers.ts';
import { dynamoDecisionReads } from '#adapters/customers-table/dynamo-decision-reads.ts';
import { dynamoDecisions } from '#adapters/decisions-table/dynamo-decisions.ts';
import { type CatalogueItem, readCatalogue } from '#domain/catalogue/catalogue.ts';
import { decisionPlan } from '#domain/decision/decision-plan.ts';
import { DecisionRequest } from '#domain/decision/decision-request.ts';
import { askModels, noModels } from '#domain/decision/model-propensities.ts';
import type { Budgets } from '#ports/budgets.ts';
import { type DecisionMakerDeps, decisionMaker, type Question } from '#use-cases/decide/decision-maker.ts';

const models = askModels(noModels);

/** Budgets that nothing uses. */
export const noBudgets: Budgets = {
  view: async () => new Map(),
  take: async (uses, worthMinor, nowMs) => ({ kind: 'taken', uses, worthMinor, atMs: nowMs }),
  giveBack: () => {},
};

/** A decision maker on one table that holds customers and decisions, with models that know nothing yet. */
export function testMaker(client: DynamoDBClient, table: string, over: Partial<DecisionMakerDeps> = {}) {
  return decisionMaker({
    reads: dynamoDecisionReads(client, { customers: table, decisions: table }),
    ledgers: dynamoContactLedgers(client, table),
    decisions: dynamoDecisions(client, table),
    budgets: noBudgets,
    models: async () => models,
    hash: (text) => createHash('sha256').update(text).digest('hex'),
    usualZone: 'UTC',
    now: Date.now,
    pause: () => new Promise((resolve) => setTimeout(resolve, 1)),
    ...over,
  });
}

/** The plan of catalogue items. */
export const planOf = (items: readonly CatalogueItem[]) => decisionPlan(readCatalogue(items));

/** A question about a persona at placements. */
export function question(personaId: string, placements: readonly string[], over: Partial<Question> = {}): Question {
  const request = { ...DecisionRequest.parse({ customer: 'user_id:u1', placements }), touchpoint: 'web' as const };
  return {
    personaId,
    request,
    decisionId: `${uuidv7().slice(0, -2)}00`,
    asksPerson: true,
    asked: { by: 'c-1', fingerprint: '' },
    isRepeatable: false,
    ...over,
  };
}
