import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test } from 'vitest';
import { dynamoArrivals } from '#adapters/dynamo-arrivals.ts';
import { ArrivalsUnavailableError } from '#shared/errors.ts';

const client = new DynamoDBClient({ region: 'eu-central-1' });
const aws = mockClient(client);
beforeEach(() => {
  aws.reset();
});
const arrivals = dynamoArrivals(client, 'the-table');

test('gives for each message the arrival that stands there, in their order', async () => {
  aws.on(UpdateItemCommand).callsFake(({ Key }) => ({ Attributes: { firstMs: { N: `${Key.message.S}000` } } }));
  expect(await arrivals.first(['1', '2', '3'], 5000)).toEqual([1000, 2000, 3000]);
});

test('writes only what is not there, to be forgotten after 35 days', async () => {
  aws.on(UpdateItemCommand).resolves({ Attributes: { firstMs: { N: '5000' } } });
  await arrivals.first(['m'], 5000);
  expect(aws.commandCalls(UpdateItemCommand)[0]?.args[0].input).toEqual({
    TableName: 'the-table',
    Key: { message: { S: 'm' } },
    UpdateExpression: 'SET firstMs = if_not_exists(firstMs, :now), expiresAt = if_not_exists(expiresAt, :expiry)',
    ExpressionAttributeValues: { ':now': { N: '5000' }, ':expiry': { N: String(5 + 35 * 86_400) } },
    ReturnValues: 'ALL_NEW',
  });
});

test('asks nothing of nobody', async () => {
  expect(await arrivals.first([], 5000)).toEqual([]);
  expect(aws.calls()).toHaveLength(0);
});

test('says so when the table does not answer', async () => {
  aws.on(UpdateItemCommand).rejects(new Error('throttled'));
  await expect(arrivals.first(['m'], 5000)).rejects.toThrow(ArrivalsUnavailableError);
});
