import { execFile } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterEach, expect, inject, test } from 'vitest';
import { localTarget } from '#scripts/target/target.ts';
import { startTestCloud, type TestCloud } from '#support/cloud.ts';
import { mistypedAssembly } from '#support/mistyped-assembly.ts';

let cloud: TestCloud;
afterEach(() => cloud.stop());

/** What `npm run redrive` prints and how it ends. */
async function redrive(): Promise<{ stdout: string; stderr: string; code: number }> {
  const file = join(mkdtempSync(join(tmpdir(), 'lemniscate-test-')), 'cloud.json');
  writeFileSync(file, JSON.stringify(cloud.info));
  const env = { ...process.env, LEMNISCATE_CLOUD_FILE: file };
  const run = promisify(execFile)(process.execPath, ['scripts/redrive/main.ts'], { env });
  return run.then(
    (printed) => ({ ...printed, code: 0 }),
    (error: { stdout: string; stderr: string; code: number }) => error,
  );
}

const s3 = () => {
  const client = new S3Client({ ...localTarget(cloud.info).client, forcePathStyle: true });
  const Bucket = cloud.info.outputs.LakeBucketName ?? '';
  return {
    keys: async (Prefix: string) => {
      const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket, Prefix }));
      return Contents.map(({ Key = '' }) => Key);
    },
    put: (Key: string, Body: string) => client.send(new PutObjectCommand({ Bucket, Key, Body })),
    text: async (Key: string) => {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
      return (await Body?.transformToString()) ?? '';
    },
  };
};

const failed = 'errors/interactions/format-conversion-failed/';
const rows = () => cloud.query('SELECT message_id, event, revenue_minor FROM v_interactions ORDER BY message_id');

test('brings rows that did not fit their table into Athena once the table is mended', async () => {
  const state = mkdtempSync(join(tmpdir(), 'lemniscate-state-'));
  const mistyped = mistypedAssembly(inject('assembly'), 'interactions', 'event', 'bigint');
  cloud = await startTestCloud('--state', state, '--assembly', mistyped);
  const order = (n: number) => ({
    type: 'track',
    messageId: `row-${n}`,
    userId: `u${n}`,
    event: 'Order Completed',
    properties: { order_id: `o${n}`, revenue: 12, currency: 'EUR' },
  });
  const { body } = await cloud.call('POST', '/v1/batch', { json: { batch: [order(1), order(2)] } });
  expect(body).toMatchObject({ results: [{ status: 'accepted' }, { status: 'accepted' }] });
  await cloud.settle();
  expect(await rows()).toEqual([]);
  expect(await s3().keys(failed)).toHaveLength(1);

  expect(await redrive()).toMatchObject({ code: 0, stdout: expect.stringContaining('errors/ in the lake: 2 sent') });
  await cloud.settle();
  expect(await rows()).toEqual([]);
  expect(await s3().keys(failed)).toHaveLength(1);
  expect(await s3().keys('errors/interactions/processing-failed/')).toEqual([]);
  await cloud.stop();

  cloud = await startTestCloud('--state', state);
  expect(await redrive()).toMatchObject({ code: 0, stdout: expect.stringContaining('errors/ in the lake: 2 sent') });
  await cloud.settle();
  expect(await rows()).toEqual(
    [1, 2].map((n) => ({ message_id: `row-${n}`, event: 'Order Completed', revenue_minor: '1200' })),
  );
  expect(await s3().keys('errors/')).toEqual([]);
  expect((await redrive()).stdout).toContain('errors/ in the lake: 0 sent, empty');
});

test('leaves an object that holds no records where it is, names it, and sends the others', async () => {
  cloud = await startTestCloud();
  const strange = `${failed}dt=2026-03-01/strange`;
  const line = (text: string) => `${JSON.stringify({ rawData: Buffer.from(text).toString('base64') })}\n`;
  await s3().put(strange, line('{"message_id":'));
  await s3().put(`${failed}dt=2026-03-01/whole`, line('{"message_id":"whole"}'));
  const { code, stdout, stderr } = await redrive();
  expect({ code, stdout, stderr }).toEqual({
    code: 1,
    stdout: expect.stringContaining('errors/ in the lake: 1 sent, not empty'),
    stderr: expect.stringContaining(`${strange} stays: A record of 14 characters is neither`),
  });
  expect(await s3().keys(failed)).toEqual([strange]);
  expect(await s3().text(strange)).toBe(line('{"message_id":'));
});
