import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, test } from 'vitest';
import { dynamoDayCounts } from '#adapters/arrivals-table/dynamo-day-counts.ts';

test('adds atomically to an item of the credential and day, to be forgotten soon after', async () => {
  const client = new DynamoDBClient({ region: 'eu-central-1' });
  const aws = mockClient(client)
    .on(UpdateItemCommand)
    .resolves({ Attributes: { events: { N: '57' } } });
  expect(await dynamoDayCounts(client, 'the-table').add('c-1', '2026-03-10', 7)).toBe(57);
  expect(aws.commandCalls(UpdateItemCommand)[0]?.args[0].input).toMatchObject({
    TableName: 'the-table',
    Key: { message: { S: 'sent#c-1#2026-03-10' } },
    UpdateExpression: 'ADD events :events SET expiresAt = :expiry',
    ExpressionAttributeValues: { ':events': { N: '7' }, ':expiry': { N: String(Date.UTC(2026, 2, 12) / 1000) } },
  });
});
