import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ifAbsent, putTogether } from '#adapters/dynamodb/conditional-write.ts';
import { wholeDecision } from '#domain/decision/whole-decision.ts';
import type { Decisions } from '#ports/decisions.ts';
import { decisionItems } from './decision-items.ts';
import { readText } from './decision-packing.ts';
import { findDecisionRecord } from './find-decision-record.ts';

/**
 * Decisions in their table: one conditional PutItem a batch, one Query to find one. A batch too large for an item is one
 * transaction, of 4 MB at most: who makes it at the same time finds all of it or nothing.
 */
export function dynamoDecisions(client: DynamoDBClient, table: string): Decisions {
  return {
    async save(decisions) {
      const puts = decisionItems(decisions).map((Item) => ({ TableName: table, Item, ...ifAbsent }));
      return (await putTogether(client, puts)) === 'saved' ? 'saved' : 'exists';
    },

    async find(decisionId) {
      const record = await findDecisionRecord(client, table, decisionId);
      return record === undefined ? undefined : readText(record, wholeDecision);
    },
  };
}
