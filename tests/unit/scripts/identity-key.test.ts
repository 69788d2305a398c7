import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { startAwsDouble } from '#support/fakes/aws-double.ts';
import { sealingPair } from '#support/sealing-pair.ts';

const folder = mkdtempSync(join(tmpdir(), 'lemniscate-key-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let live = '';
let sealingKey: string | undefined;
let publicHalf: string | undefined;
let aws: Awaited<ReturnType<typeof startAwsDouble>>;
beforeEach(async () => {
  live = 'a'.repeat(64);
  ({ privateHalf: sealingKey, publicHalf } = sealingPair());
  aws = await startAwsDouble((operation, body) => {
    switch (operation) {
      case 'GetCallerIdentity':
        return xml('GetCallerIdentity', '<Arn>arn:aws:iam::111122223333:user/ada</Arn><Account>111122223333</Account>');
      case 'DescribeStacks':
        return xml('DescribeStacks', `<Stacks><member><Outputs>${outputs}</Outputs></member></Stacks>`);
      case 'GetSecretValue':
        return { status: 200, body: JSON.stringify({ SecretString: live }) };
      case 'PutSecretValue':
        live = String(JSON.parse(body).SecretString);
        return { status: 200, body: '{}' };
      case 'GetParameter':
        return sealingKey === undefined
          ? { status: 400, body: '{"__type":"ParameterNotFound"}' }
          : { status: 200, body: JSON.stringify({ Parameter: { Value: sealingKey } }) };
      case 'PutParameter':
        sealingKey = String(JSON.parse(body).Value);
        return { status: 200, body: '{}' };
      case 'GetItem':
        return { status: 200, body: JSON.stringify(publicHalf ? { Item: { publicHalf: { S: publicHalf } } } : {}) };
      case 'PutItem':
        publicHalf = String(JSON.parse(body).Item.publicHalf.S);
        return { status: 200, body: '{}' };
      default:
        return { status: 400, body: '{}' };
    }
  });
});
afterEach(() => aws.stop());

const outputs = ['IdentityKeySecretArn', 'SealingKeyParameter', 'CredentialsTableName']
  .map((name) => `<member><OutputKey>${name}</OutputKey><OutputValue>${name}-1</OutputValue></member>`)
  .join('');
const xml = (action: string, result: string) => ({
  status: 200,
  body: `<${action}Response><${action}Result>${result}</${action}Result></${action}Response>`,
});

async function run(...args: string[]) {
  const env = {
    PATH: process.env.PATH,
    AWS_ACCESS_KEY_ID: 'AKIAEXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_REGION: 'eu-central-1',
    AWS_ENDPOINT_URL: aws.endpoint,
    LEMNISCATE_PASSPHRASE: 'correct horse battery staple',
  };
  return new Promise<{ code: number | null; printed: string }>((resolve) => {
    const child = execFile(
      process.execPath,
      ['scripts/identity-key/main.ts', ...args, '--stage', 'prod'],
      { env },
      (_, out, err) => resolve({ code: child.exitCode, printed: out + err }),
    );
  });
}

test('brings a lost key back from its backup, and only over another key when told to', async () => {
  const file = join(folder, 'prod.json');
  expect((await run('backup', file)).code).toBe(0);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(await run('check', file)).toMatchObject({
    code: 0,
    printed: expect.stringContaining('holds this stage’s key'),
  });

  const kept = live;
  live = 'b'.repeat(64);
  expect(await run('check', file)).toMatchObject({ code: 1, printed: expect.stringContaining('has another one') });
  expect(await run('restore', file)).toMatchObject({ code: 1, printed: expect.stringContaining('say --replace') });
  expect(live).not.toBe(kept);
  expect((await run('restore', file, '--replace')).code).toBe(0);
  expect(live).toBe(kept);
});

test('brings a lost sealing key back, puts its public half there, and tells whose public half it finds', async () => {
  const file = join(folder, 'sealing.json');
  expect(await run('backup', file)).toMatchObject({
    code: 0,
    printed: expect.stringContaining('and the sealing key, sealed'),
  });
  const kept = { sealingKey, publicHalf };

  ({ publicHalf } = sealingPair());
  expect(await run('check', file)).toMatchObject({ code: 1, printed: expect.stringContaining('for somebody else') });
  ({ privateHalf: sealingKey, publicHalf } = sealingPair());
  expect(await run('check', file)).toMatchObject({ code: 1, printed: expect.stringContaining('another sealing key') });
  expect(await run('restore', file)).toMatchObject({ code: 1, printed: expect.stringContaining('say --replace') });
  expect(sealingKey).not.toBe(kept.sealingKey);

  sealingKey = publicHalf = undefined;
  expect((await run('restore', file)).code).toBe(0);
  expect({ sealingKey, publicHalf }).toEqual(kept);
  expect((await run('check', file)).code).toBe(0);
});

test('writes over no backup, which may be the only one of a key that is gone', async () => {
  const file = join(folder, 'once.json');
  expect((await run('backup', file)).code).toBe(0);
  expect(await run('backup', file)).toMatchObject({ code: 1, printed: expect.stringContaining('EEXIST') });
});
