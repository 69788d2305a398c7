import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { conditionalWrite } from '#adapters/dynamodb/conditional-write.ts';

/** Key of the one item of the credentials' table that is none: others are 64 hex digits. */
export const sealingKeyId = 'sealing-key';

/** Where the public half of a stage's sealing key stands: beside the credentials, which functions may read and only people write. */
export function dynamoSealingKey(client: DynamoDBClient, table: string) {
  return {
    /** The public half; `undefined` when there is none yet. */
    async read(): Promise<string | undefined> {
      const { Item } = await client.send(
        new GetItemCommand({ TableName: table, Key: { keyHash: { S: sealingKeyId } }, ConsistentRead: true }),
      );
      return Item?.publicHalf?.S;
    },

    /** Puts the public half there, over another one only when told to. */
    async put(publicHalf: string, over: 'none' | 'another'): Promise<void> {
      const put = new PutItemCommand({
        TableName: table,
        Item: { keyHash: { S: sealingKeyId }, publicHalf: { S: publicHalf } },
        ...(over === 'none' && { ConditionExpression: 'attribute_not_exists(keyHash)' }),
      });
      // On a conflict somebody else was first, with the half of the same key.
      await conditionalWrite(client.send(put));
    },
  };
}
