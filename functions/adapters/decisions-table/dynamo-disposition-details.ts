import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { readItems } from '#adapters/dynamodb/read-items.ts';
import { dispositionId } from '#domain/disposition/told-disposition.ts';
import type { DispositionDetailsReads } from '#ports/disposition-details.ts';
import { toldFrom } from './disposition-items.ts';
import { dispositionKey } from './keys.ts';

/** Details of dispositions in the table of decisions: one round trip of BatchGetItem, none for no disposition. */
export function dynamoDispositionDetails(client: DynamoDBClient, table: string): DispositionDetailsReads {
  return {
    async detailsOf(named) {
      // What is told does not change, so that a moment old is as good, and costs half.
      const items = await readItems(client, table, named.map(dispositionKey), { freshness: 'eventual' });
      const found = named.flatMap((each) => {
        const item = items.get(dispositionKey(each));
        const details = item && toldFrom(item).details;
        return details === undefined ? [] : [[dispositionId(each), details] as const];
      });
      return new Map(found);
    },
  };
}
