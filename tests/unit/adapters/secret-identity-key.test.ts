import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mockClient } from 'aws-sdk-client-mock';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { identityKeyOf, readIdentityKey } from '#adapters/secrets-manager/secret-identity-key.ts';
import { UnexpectedShapeError } from '#runtime/errors.ts';

const key = identityKeyOf('k'.repeat(64));
const otherKey = identityKeyOf('o'.repeat(64));

describe('the hash of an identifier', () => {
  test('is the known one: it is stored and must never change', () => {
    expect(key.hash('user_id', 'u-1')).toBe('bf6276fbd6e007d7260af6c4fa535169');
    expect(key.personaId('user_id', 'u-1')).toBe('bf6276fb-d6e0-87d7-a60a-f6c4fa535169');
  });

  test('differs by type, by value and by key', () => {
    const hashes = [
      key.hash('user_id', 'a'),
      key.hash('anonymous_id', 'a'),
      key.hash('user_id', 'b'),
      otherKey.hash('user_id', 'a'),
    ];
    expect(new Set(hashes).size).toBe(4);
  });

  test('has 32 hex digits, and the persona id the form of a UUID of version 8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        expect(key.hash('user_id', value)).toMatch(/^[0-9a-f]{32}$/);
        expect(key.personaId('user_id', value)).toMatch(
          /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
        );
      }),
    );
  });
});

describe('the secret', () => {
  const client = new SecretsManagerClient({ region: 'eu-central-1' });

  test('makes the key', async () => {
    mockClient(client)
      .on(GetSecretValueCommand, { SecretId: 'arn' })
      .resolves({ SecretString: 'k'.repeat(64) });
    expect((await readIdentityKey(client, 'arn')).hash('user_id', 'a')).toBe(key.hash('user_id', 'a'));
  });

  test.each([undefined, '', 'k'.repeat(31)])('that is too short makes none: %j', async (SecretString) => {
    mockClient(client)
      .on(GetSecretValueCommand)
      .resolves(SecretString === undefined ? {} : { SecretString });
    await expect(readIdentityKey(client, 'arn')).rejects.toThrow(UnexpectedShapeError);
  });
});
