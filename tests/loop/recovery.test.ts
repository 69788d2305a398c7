import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { DeleteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dynamoPersonas } from '#adapters/customers-table/dynamo-personas.ts';
import { ensureSealingKey } from '#adapters/parameter-store/ensure-sealing-key.ts';
import { busSource } from '#contracts/bus/bus-event.ts';
import { openerOf } from '#scripts/recover/opener-of.ts';
import { openingKeysOf } from '#scripts/recover/opening-keys-of.ts';
import { sealingKeyPlaceOf } from '#scripts/target/sealing-key-place-of.ts';
import { localTarget } from '#scripts/target/target.ts';
import { interaction } from '#support/builders/interaction.ts';
import { startTestCloud, type TestCloud } from '#support/cloud.ts';

let cloud: TestCloud;
let cloudFile: string;
beforeAll(async () => {
  cloud = await startTestCloud('--now', '2026-03-01T12:00:00Z');
  cloudFile = join(mkdtempSync(join(tmpdir(), 'lemniscate-test-')), 'cloud.json');
  writeFileSync(cloudFile, JSON.stringify(cloud.info));
});
afterAll(() => cloud.stop());

/** Runs a script of `npm run` against the test's cloud and gives what it printed. */
async function run(script: string, ...args: string[]): Promise<string> {
  const env = { ...process.env, LEMNISCATE_CLOUD_FILE: cloudFile };
  const { stdout } = await promisify(execFile)(process.execPath, [`scripts/${script}/main.ts`, ...args], { env });
  return stdout;
}

const customer = async (identifier: string) =>
  cloud.call('GET', `/v1/customers/${identifier}`, { key: cloud.info.adminKey });

test('recover sends refused events once the cause is gone, and a second run changes nothing', async () => {
  const early = {
    type: 'track',
    userId: 'early',
    event: 'Order Completed',
    timestamp: '2026-03-04T10:00:00.000Z',
    properties: { order_id: 'e1', revenue: 8, currency: 'EUR' },
  };
  // As in a stage of before there were sealing keys; the second event comes when it has one.
  const place = sealingKeyPlaceOf(localTarget(cloud.info));
  await place.dynamo.send(new DeleteItemCommand({ TableName: place.table, Key: { keyHash: { S: 'sealing-key' } } }));
  const first = await cloud.call('POST', '/v1/batch', { json: { batch: [early] } });
  expect(first.body).toMatchObject({ results: [{ reason: 'timestamp_out_of_range' }] });
  expect(await ensureSealingKey(place)).toBe('made');
  const second = await cloud.call('POST', '/v1/batch', { json: { batch: [{ type: 'track', event: 'Nobody' }] } });
  expect(second.body).toMatchObject({ results: [{ reason: 'missing_identity' }] });
  await cloud.settle();
  await cloud.advance('P3D');

  const range = ['--from', '2026-03-01', '--to', '2026-03-01'];
  expect(await run('recover', ...range)).toContain('2 refused events found, 1 are valid now, 1 stay refused');
  await cloud.settle();
  expect((await customer('user_id:early')).body).toMatchObject({
    interactions: { total: 1 },
    purchases: [{ revenueMinor: 800 }],
  });

  await run('recover', ...range);
  await cloud.settle();
  expect((await customer('user_id:early')).body).toMatchObject({
    interactions: { total: 1 },
    purchases: [{ revenueMinor: 800 }],
  });
  expect(await cloud.query('SELECT count(*) AS n FROM v_interactions')).toEqual([{ n: '1' }]);
});

test('redrive sends dead letters of profile and lake where they were meant to go', async () => {
  const personaId = '00000000-0000-8000-8000-000000000001';
  const event = {
    'detail-type': 'InteractionsReceived',
    source: busSource,
    detail: {
      id: 'd1',
      occurredAt: '2026-03-01T12:00:00.000Z',
      schemaVersion: 1,
      personas: [{ personaId, interactions: [interaction({ messageId: 'dead-1' })] }],
    },
  };
  const sqs = new SQSClient(localTarget(cloud.info).client);
  for (const queue of ['ProfileDeadLettersUrl', 'LandingDeadLettersUrl']) {
    await sqs.send(new SendMessageCommand({ QueueUrl: cloud.info.outputs[queue], MessageBody: JSON.stringify(event) }));
  }
  expect(await run('redrive')).toContain('ProfileDeadLettersUrl: 1 sent, empty');
  await cloud.settle();
  expect((await customer(`customer_id:${personaId}`)).body).toMatchObject({ interactions: { total: 1 } });
  expect(await cloud.query(`SELECT count(*) AS n FROM v_interactions WHERE message_id = 'dead-1'`)).toEqual([
    { n: '1' },
  ]);
  expect(await run('redrive')).toContain('ProfileDeadLettersUrl: 0 sent, empty');
});

test('what functions may read opens no refused event of the lake, and what the operator may read opens each', async () => {
  await cloud.call('POST', '/v1/batch', { json: { batch: [{ type: 'track', event: 'Nobody again' }] } });
  await cloud.settle();
  const { identitySecret, privateHalf } = await openingKeysOf(localTarget(cloud.info));
  const sealed = await cloud.query("SELECT payload FROM rejected_interactions WHERE reason = 'missing_identity'");
  expect(sealed.length).toBeGreaterThan(1);
  for (const { payload } of sealed) {
    expect(() => openerOf({ identitySecret, privateHalf: undefined })(payload ?? '')).toThrow();
    expect(openerOf({ identitySecret, privateHalf })(payload ?? '')).toContain('Nobody');
  }
});

test('redrive names a queue that it can’t empty, and goes on with the others', async () => {
  const sqs = new SQSClient(localTarget(cloud.info).client);
  const forgotten = {
    DDBStreamBatchInfo: { shardId: 's', startSequenceNumber: '1', endSequenceNumber: '2', streamArn: 'a' },
  };
  const { UnpublishedChangesUrl: QueueUrl } = cloud.info.outputs;
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(forgotten) }));
  const failed = await run('redrive').catch((error: { code: number; stdout: string }) => error);
  expect(failed).toMatchObject({ code: 1, stdout: expect.stringContaining('UnpublishedChangesUrl: not empty') });
  expect(failed).toMatchObject({ stdout: expect.stringContaining('errors/ in the lake: 0 sent, empty') });
});

test('rebuild finds that the lake folds to the live table, names what was tampered with, and repairs it', async () => {
  const batch = Array.from({ length: 20 }, (_, index) => ({
    type: 'track',
    userId: `kept-${index % 5}`,
    event: 'Order Completed',
    properties: { order_id: `kept-${index}`, revenue: index, currency: 'EUR', products: [{ product_id: `p${index}` }] },
  }));
  await cloud.call('POST', '/v1/batch', { json: { batch } });
  await cloud.settle();
  expect(await run('rebuild')).toContain(', 0 differ');

  const target = localTarget(cloud.info);
  const personas = dynamoPersonas(new DynamoDBClient(target.client), cloud.info.outputs.CustomersTableName ?? '');
  const { customerId } = (await customer('user_id:kept-1')).body as { customerId: string };
  const loaded = await personas.load(customerId, { days: [], orderKeys: [] });
  await personas.save(loaded, { ...loaded, state: { ...loaded.state, sessions: 99 } }, Date.now());
  await expect(run('rebuild')).rejects.toMatchObject({
    code: 1,
    stdout: expect.stringContaining(`${customerId}: differs`),
  });
  expect(await run('rebuild', '--repair')).toContain('1 repaired');
  expect(await run('rebuild')).toContain(', 0 differ');
});
