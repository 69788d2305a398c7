import { once } from 'node:events';
import { createServer, request } from 'node:http';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { expect, test, vi } from 'vitest';
import { type LocalCloud, startLocalCloud } from '#local-cloud/cloud/local-cloud.ts';
import { answerTo } from '#support/answer-to.ts';
import { synthesizeToyApp } from '#support/toy-app/toy-app.ts';

/** Resources are made when the test says so. */
const made = Promise.withResolvers<void>();
vi.mock(import('#local-cloud/template/make-resources.ts'), async (original) => {
  const { makeResources } = await original();
  return {
    makeResources: async (...template) => {
      await made.promise;
      return makeResources(...template);
    },
  };
});

const ask = (url: string) => answerTo(request(url, { agent: false }).end());
/** A question that the API answers by itself: no function has to start first, which takes a busy machine seconds. */
const preflight = { method: 'OPTIONS', agent: false };
const mayICall = (url: string) => answerTo(request(`${url}/echo`, preflight).end());
const comeAgain = { status: 503, retryAfter: '1' };

/** What an SDK makes of the first answer that it gets. */
async function listTables({ region, awsEndpoint: endpoint, accessKeyId, secretAccessKey }: LocalCloud) {
  const credentials = { accessKeyId, secretAccessKey };
  const client = new DynamoDBClient({ region, endpoint, credentials, maxAttempts: 1 });
  return client.send(new ListTablesCommand({})).catch((error: unknown) => error);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' ? (address?.port ?? 0) : 0;
}

test('asks who comes too early or too late to come again, and answers who is inside', async () => {
  const port = await freePort();
  const starting = startLocalCloud({ assemblyDirectory: synthesizeToyApp(), port });
  const url = `http://127.0.0.1:${port}`;
  // Until then nobody listens, which clients also take for a reason to come again.
  await vi.waitUntil(() => ask(url).catch(() => undefined), { timeout: 60_000 });
  expect(await ask(`${url}/echo`)).toMatchObject(comeAgain);
  expect(await ask(`${url}/_local/clock`)).toMatchObject(comeAgain);
  made.resolve();
  const cloud = await starting;
  expect(await mayICall(url)).toMatchObject({ status: 204 });
  expect(await listTables(cloud)).toMatchObject({ TableNames: expect.any(Array) });

  const inside = request(`${url}/echo`, { ...preflight, headers: { 'content-length': '2' } });
  const answered = answerTo(inside);
  inside.write('{');
  // Behind the first one, so that it is inside when this one is answered.
  await mayICall(url);
  const stopped = cloud.stop();
  expect(await ask(`${url}/echo`)).toMatchObject(comeAgain);
  expect(await ask(`${url}/_local/clock`)).toMatchObject(comeAgain);
  expect(await listTables(cloud)).toMatchObject({ name: 'ServiceUnavailable', $metadata: { httpStatusCode: 503 } });
  inside.end('}');
  expect(await answered).toMatchObject({ status: 204 });
  await stopped;
  await expect(ask(`${url}/echo`)).rejects.toThrow('ECONNREFUSED');
});
