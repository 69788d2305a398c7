import { DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, expect, test } from 'vitest';
import { dynamoArrivals } from '#adapters/arrivals-table/dynamo-arrivals.ts';
import { ArrivalsUnavailableError } from '#runtime/errors.ts';

const client = new DynamoDBClient({ region: 'eu-central-1' });
const aws = mockClient(client);
beforeEach(() => {
  aws.reset();
});
const arrivals = dynamoArrivals(client, 'the-table');

test('gives for each message the time that stands there, in their order', async () => {
  aws.on(UpdateItemCommand).callsFake(({ Key }) => ({ Attributes: { micros: { N: `${Key.message.S}000` } } }));
  expect(
    await arrivals.first(
      ['1', '2', '3'].map((key) => ({ key, micros: 7 })),
      5000,
    ),
  ).toEqual([1000, 2000, 3000]);
});

test('writes only what is not there, to be forgotten after 35 days', async () => {
  aws.on(UpdateItemCommand).resolves({ Attributes: { micros: { N: '4000123' } } });
  await arrivals.first([{ key: 'm', micros: 4_000_123 }], 5000);
  expect(aws.commandCalls(UpdateItemCommand)[0]?.args[0].input).toEqual({
    TableName: 'the-table',
    Key: { message: { S: 'm' } },
    UpdateExpression: 'SET micros = if_not_exists(micros, :micros), expiresAt = if_not_exists(expiresAt, :expiry)',
    ExpressionAttributeValues: { ':micros': { N: '4000123' }, ':expiry': { N: String(5 + 35 * 86_400) } },
    ReturnValues: 'ALL_NEW',
  });
});

test('asks nothing of nobody', async () => {
  expect(await arrivals.first([], 5000)).toEqual([]);
  expect(aws.calls()).toHaveLength(0);
});

test('says so when the table does not answer', async () => {
  aws.on(UpdateItemCommand).rejects(new Error('throttled'));
  await expect(arrivals.first([{ key: 'm', micros: 1 }], 5000)).rejects.toThrow(ArrivalsUnavailableError);
});
