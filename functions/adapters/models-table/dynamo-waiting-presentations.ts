import { DeleteItemCommand, type DynamoDBClient, PutItemCommand, paginateQuery } from '@aws-sdk/client-dynamodb';
import type { WaitingPresentation } from '#domain/propensity/waiting-presentation.ts';
import type { WaitingPresentations } from '#ports/waiting-presentations.ts';
import { chunksOf } from '#runtime/chunks-of.ts';
import { gather } from '#runtime/gather.ts';
import { dueBefore, waitingPartition } from './keys.ts';
import { waitingIn, waitingItem } from './waiting-items.ts';

/** Presentations of an item: 400 bytes each at most, of the 400 KB that DynamoDB takes. */
const mostAnItem = 250;
/** Items that are written at a time. */
const width = 8;

/** Waiting presentations in the models table, by the hundreds an item: a query to hand over what is due, a delete an item. */
export function dynamoWaitingPresentations(client: DynamoDBClient, table: string): WaitingPresentations {
  return {
    async hold(presentations) {
      const items = [...Map.groupBy(presentations, ({ dueAt }) => dueAt)].flatMap(([dueAt, due]) =>
        chunksOf(due, mostAnItem).map((run) => waitingItem(dueAt, run)),
      );
      await gather(items, width, (Item) => client.send(new PutItemCommand({ TableName: table, Item })));
    },

    async releaseDue(nowMs, release) {
      const pages = paginateQuery(
        { client },
        {
          TableName: table,
          KeyConditionExpression: 'pk = :pk AND sk < :due',
          ExpressionAttributeValues: { ':pk': { S: waitingPartition }, ':due': { S: dueBefore(nowMs) } },
          ConsistentRead: true,
        },
      );
      for await (const { Items = [] } of pages) {
        const due = Items.map(waitingIn);
        const presentations: readonly WaitingPresentation[] = due.flatMap((item) => item.presentations);
        if (presentations.length === 0) continue;
        await release(presentations);
        await gather(due, width, ({ key }) => client.send(new DeleteItemCommand({ TableName: table, Key: key })));
      }
    },
  };
}
