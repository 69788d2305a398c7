import { type DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { conditionalWrite, ifAbsent } from '#adapters/dynamodb/conditional-write.ts';
import { queryPartition } from '#adapters/dynamodb/query-partition.ts';
import { keyAttributes } from '#adapters/dynamodb/read-items.ts';
import { type ShownDecision, shownOf } from '#domain/decision/shown-of.ts';
import { dispositionId, type ToldDisposition } from '#domain/disposition/told-disposition.ts';
import type { Dispositions } from '#ports/dispositions.ts';
import { readText } from './decision-packing.ts';
import { toldFrom } from './disposition-items.ts';
import { findDecisionRecord } from './find-decision-record.ts';
import { decisionPartition, dispositionKey, dispositionSortPrefix } from './keys.ts';

/** As long as the decision and a window more: what is told of it again has no effect for so long. */
const keptSeconds = 75 * 86_400;

/**
 * Dispositions in the table of decisions, each an item in its decision's partition: two Query calls at the same time to load, for the
 * partition holds those of a whole batch, and one conditional PutItem each.
 */
export function dynamoDispositions(client: DynamoDBClient, table: string): Dispositions {
  async function shown(decisionId: string): Promise<ShownDecision | undefined> {
    const record = await findDecisionRecord(client, table, decisionId);
    return record === undefined ? undefined : readText(record, shownOf);
  }

  async function toldOf(decisionId: string): Promise<ToldDisposition[]> {
    const items = await queryPartition(client, table, decisionPartition(decisionId), dispositionSortPrefix(decisionId));
    return items.map(toldFrom);
  }

  return {
    async load(decisionId) {
      const [decision, told] = await Promise.all([shown(decisionId), toldOf(decisionId)]);
      return { decision, told: new Map(told.map((each) => [dispositionId(each), each])) };
    },

    async save(told, nowMs) {
      const Item = {
        ...keyAttributes(dispositionKey(told)),
        told: { S: JSON.stringify(told) },
        expiresAt: { N: String(Math.floor(nowMs / 1000) + keptSeconds) },
      };
      const outcome = await conditionalWrite(client.send(new PutItemCommand({ TableName: table, Item, ...ifAbsent })));
      return outcome === 'saved' ? 'saved' : 'exists';
    },
  };
}
