import { createHash } from 'node:crypto';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test } from 'vitest';
import { dynamoCredentials } from '#adapters/credentials-table/dynamo-credentials.ts';
import { UnexpectedShapeError } from '#runtime/errors.ts';
import { credential } from '#support/fakes/fake-credentials.ts';

const client = new DynamoDBClient({ region: 'eu-central-1' });
const aws = mockClient(client);
let now = 0;
beforeEach(() => {
  aws.reset();
  now = Date.UTC(2026, 0, 1);
});
const credentials = () => dynamoCredentials(client, 'the-table', () => now);
const stored = (over = {}) => ({ Item: marshall(credential(over)) });
const reads = () => aws.commandCalls(GetItemCommand).length;

describe('a credential', () => {
  test('is found by the hash of its key; the key itself is not sent', async () => {
    const keyHash = createHash('sha256').update('the-key').digest('hex');
    aws.on(GetItemCommand, { TableName: 'the-table', Key: { keyHash: { S: keyHash } } }).resolves(stored());
    expect(await credentials().find('the-key')).toEqual(credential());
  });

  test('that is not there is undefined', async () => {
    aws.on(GetItemCommand).resolves({});
    expect(await credentials().find('the-key')).toBeUndefined();
  });

  test.each([{ scopes: ['everything'] }, { touchpoint: 'The Moon' }, { keyHash: 'x' }])(
    'of another shape is refused: %j',
    async (over) => {
      aws.on(GetItemCommand).resolves(stored(over));
      await expect(credentials().find('the-key')).rejects.toThrow(UnexpectedShapeError);
    },
  );
});

describe('the cache', () => {
  test('keeps every known key through a flood of unknown ones, and stays bounded', async () => {
    aws.on(GetItemCommand).resolves(stored());
    const table = credentials();
    await table.find('the-key');
    aws.on(GetItemCommand).resolves({});
    for (let wrong = 0; wrong < 2500; wrong++) await table.find(`wrong-${wrong}`);
    const before = reads();
    expect(await table.find('the-key')).toEqual(credential());
    await table.find('wrong-2499');
    expect(reads()).toBe(before);
    await table.find('wrong-0');
    expect(reads()).toBe(before + 1);
  });

  test.each([
    ['known', stored(), true],
    ['unknown', {}, false],
  ])('keeps a key that is %s for a minute and then reads it again', async (_, item, isKnown) => {
    aws.on(GetItemCommand).resolves(item);
    const table = credentials();
    expect((await table.find('the-key')) !== undefined).toBe(isKnown);
    now += 59_999;
    await table.find('the-key');
    expect(reads()).toBe(1);
    now += 1;
    await table.find('the-key');
    expect(reads()).toBe(2);
  });

  test('notices a revoked credential after a minute', async () => {
    aws
      .on(GetItemCommand)
      .resolvesOnce(stored())
      .resolves(stored({ revokedAt: '2026-01-01T00:00:00.000Z' }));
    const table = credentials();
    expect(await table.find('the-key')).not.toHaveProperty('revokedAt');
    now += 60_000;
    expect(await table.find('the-key')).toHaveProperty('revokedAt');
  });

  test('does not keep a read that failed', async () => {
    aws.on(GetItemCommand).rejectsOnce(new Error('throttled')).resolves(stored());
    const table = credentials();
    await expect(table.find('the-key')).rejects.toThrow('throttled');
    expect(await table.find('the-key')).toEqual(credential());
  });

  test('keeps keys apart', async () => {
    aws
      .on(GetItemCommand)
      .resolvesOnce(stored({ credentialId: 'a' }))
      .resolvesOnce(stored({ credentialId: 'b' }));
    const table = credentials();
    expect((await table.find('a'))?.credentialId).toBe('a');
    expect((await table.find('b'))?.credentialId).toBe('b');
    expect((await table.find('a'))?.credentialId).toBe('a');
  });

  test('does not grow without end when keys are guessed', async () => {
    aws.on(GetItemCommand).resolves({});
    const table = credentials();
    for (let guess = 0; guess < 1001; guess++) await table.find(`guess-${guess}`);
    await table.find('guess-0');
    expect(reads()).toBe(1002);
  });
});
