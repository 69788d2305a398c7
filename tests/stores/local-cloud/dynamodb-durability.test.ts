import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { PutItemCommand, ScanCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { expect, onTestFinished, test } from 'vitest';
import { startTestTable } from '#support/local-dynamodb.ts';
import { serviceContext } from '#support/local-service-context.ts';

test('holds whole transactions and their stream records only, when the process was killed between', async () => {
  const context = serviceContext();
  const writer = spawn(process.execPath, ['tests/support/transact-until-killed.ts', context.stateDirectory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(writer.stdout, 'data');
  writer.kill('SIGKILL');
  await once(writer, 'exit');

  const table = await startTestTable(context);
  onTestFinished(() => table[Symbol.asyncDispose]());
  const sides = new Map<string, number>();
  let start: Record<string, never> | undefined;
  do {
    const page = await table.client.send(
      new ScanCommand({ TableName: table.name, ProjectionExpression: 'pk', ExclusiveStartKey: start as never }),
    );
    for (const { pk } of page.Items ?? []) sides.set(pk?.S ?? '', (sides.get(pk?.S ?? '') ?? 0) + 1);
    start = page.LastEvaluatedKey as never;
  } while (start !== undefined);
  expect(sides.size).toBeGreaterThan(200);
  expect([...sides.values()].filter((count) => count !== 2)).toEqual([]);
  const perPair = Map.groupBy(await table.records(), ({ dynamodb }) => dynamodb.Keys.pk?.S ?? '');
  expect([...perPair.values()].every((records) => records.length === 2)).toBe(true);
  expect(perPair.size).toBe(sides.size);
});

test('knows the token of a transaction after a restart', async () => {
  const context = serviceContext();
  const add = (table: { name: string }) =>
    new TransactWriteItemsCommand({
      ClientRequestToken: 'again',
      TransactItems: [
        {
          Update: {
            TableName: table.name,
            Key: { pk: { S: 'a' }, sk: { S: 'a' } },
            UpdateExpression: 'ADD n :one',
            ExpressionAttributeValues: { ':one': { N: '1' } },
          },
        },
      ],
    });
  const first = await startTestTable(context);
  await first.client.send(add(first));
  await first[Symbol.asyncDispose]();
  const second = await startTestTable(context);
  onTestFinished(() => second[Symbol.asyncDispose]());
  await second.client.send(add(second));
  const { Items } = await second.client.send(new ScanCommand({ TableName: second.name }));
  expect(Items).toMatchObject([{ n: { N: '1' } }]);
});

test('refuses a state directory whose table has another key schema', async () => {
  const context = serviceContext();
  const first = await startTestTable(context);
  await first.client.send(new PutItemCommand({ TableName: first.name, Item: { pk: { S: 'a' }, sk: { S: 'a' } } }));
  await first[Symbol.asyncDispose]();
  await expect(startTestTable(context, { KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }] })).rejects.toThrow(
    /another key schema/,
  );
});
