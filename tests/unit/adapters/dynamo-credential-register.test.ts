import {
  ConditionalCheckFailedException,
  DynamoDBClient,
  PutItemCommand,
  ScanCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test } from 'vitest';
import { dynamoCredentialRegister } from '#adapters/credentials-table/dynamo-credential-register.ts';
import { hashOfKey } from '#adapters/credentials-table/dynamo-credentials.ts';
import { credential } from '#support/fakes/fake-credentials.ts';

const client = new DynamoDBClient({ region: 'eu-central-1' });
const aws = mockClient(client);
beforeEach(() => {
  aws.reset();
});
const register = dynamoCredentialRegister(client, 'the-table');
const now = new Date('2026-03-10T12:00:00.000Z');
const updates = () => aws.commandCalls(UpdateItemCommand).map(({ args }) => args[0].input);

test('a new credential is stored with the hash of its key and never the key', async () => {
  aws.on(PutItemCommand).resolves({});
  const { key, credential: made } = await register.make({ name: 'shop', touchpoint: 'web', scopes: ['collect'] }, now);
  const item = unmarshall(aws.commandCalls(PutItemCommand)[0]?.args[0].input.Item ?? {});
  expect(item).toEqual(made);
  expect(item).toMatchObject({ keyHash: hashOfKey(key), createdAt: now.toISOString(), scopes: ['collect'] });
  expect(JSON.stringify(item)).not.toContain(key);
});

test('two new credentials have different keys of 192 bits', async () => {
  aws.on(PutItemCommand).resolves({});
  const parts = { name: 'shop', touchpoint: 'web' } as const;
  const keys = [await register.make({ ...parts, scopes: [] }, now), await register.make({ ...parts, scopes: [] }, now)];
  expect(new Set(keys.map(({ key }) => key)).size).toBe(2);
  for (const { key } of keys) expect(Buffer.from(key, 'base64url')).toHaveLength(24);
});

test('the list has all pages, the oldest first', async () => {
  const [newer, older] = [credential({ credentialId: 'b', createdAt: '2026-02-01T00:00:00.000Z' }), credential()];
  aws
    .on(ScanCommand)
    .resolvesOnce({ Items: [marshall(newer)], LastEvaluatedKey: { keyHash: { S: 'x' } } })
    .resolvesOnce({ Items: [marshall(older)] });
  expect(await register.list()).toEqual([older, newer]);
});

test('a rotated credential gets a new key with the same rights, and the old one an end', async () => {
  const old = credential({ trust: 'server', scopes: ['collect', 'read'] });
  aws.on(ScanCommand).resolves({ Items: [marshall(old)] });
  aws.on(PutItemCommand).resolves({});
  aws.on(UpdateItemCommand).resolves({});
  const rotated = await register.rotate('c-1', 3_600_000, now);
  const { name, touchpoint, scopes, trust } = old;
  expect(rotated?.credential).toMatchObject({
    name,
    touchpoint,
    scopes,
    trust,
    keyHash: hashOfKey(rotated?.key ?? ''),
  });
  expect(rotated?.credential.credentialId).not.toBe(old.credentialId);
  expect(rotated?.oldEndsAt).toBe('2026-03-10T13:00:00.000Z');
  expect(updates()).toMatchObject([
    {
      Key: { keyHash: { S: old.keyHash } },
      ExpressionAttributeNames: { '#field': 'expiresAt' },
      ExpressionAttributeValues: { ':at': { S: rotated?.oldEndsAt } },
    },
  ]);
  aws.on(ScanCommand).resolves({ Items: [marshall({ ...old, revokedAt: now.toISOString() })] });
  expect(await register.rotate('c-1', 0, now)).toBeUndefined();
});

describe('revoking', () => {
  const stored = (over = {}) => aws.on(ScanCommand).resolves({ Items: [marshall(credential(over))] });

  test('writes the time only if the credential is there and not revoked yet', async () => {
    stored();
    aws.on(UpdateItemCommand).resolves({});
    expect(await register.revoke('c-1', now)).toEqual(credential({ revokedAt: now.toISOString() }));
    expect(updates()).toMatchObject([
      {
        Key: { keyHash: { S: credential().keyHash } },
        ConditionExpression: 'attribute_exists(keyHash) AND attribute_not_exists(revokedAt)',
        ExpressionAttributeNames: { '#field': 'revokedAt' },
        ExpressionAttributeValues: { ':at': { S: now.toISOString() } },
      },
    ]);
  });

  test('of a revoked credential keeps its first time and writes nothing', async () => {
    const revokedAt = '2026-02-01T00:00:00.000Z';
    stored({ revokedAt });
    expect(await register.revoke('c-1', now)).toMatchObject({ revokedAt });
    expect(updates()).toEqual([]);
  });

  test('of nobody’s credential is undefined', async () => {
    stored();
    expect(await register.revoke('c-2', now)).toBeUndefined();
  });

  test('that somebody else did at the same moment is no fault', async () => {
    stored();
    aws.on(UpdateItemCommand).rejects(new ConditionalCheckFailedException({ message: 'raced', $metadata: {} }));
    expect(await register.revoke('c-1', now)).toHaveProperty('revokedAt');
  });
});
