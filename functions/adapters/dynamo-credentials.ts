import { createHash } from 'node:crypto';
import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { Credential } from '#domain/credential/credential.ts';
import type { Credentials } from '#ports';
import { parse } from '#shared/parse.ts';

const cacheMs = 60_000;
const cacheEntries = 1000;

/** SHA-256 of a key in lower-case hex: what the table keeps instead of the key. */
export function hashOfKey(key: string): string {
  return createHash('sha256').update(key, 'utf8').digest('hex');
}

/**
 * Credentials in their DynamoDB table, remembered for a minute: that is how long a revoked key goes on. Unknown keys are
 * remembered too, so that a wrong key in a loop costs no reads.
 */
export function dynamoCredentials(client: DynamoDBClient, table: string, now: () => number): Credentials {
  const cache = new Map<string, { readonly until: number; readonly credential: Credential | undefined }>();

  async function read(keyHash: string): Promise<Credential | undefined> {
    const { Item } = await client.send(new GetItemCommand({ TableName: table, Key: { keyHash: { S: keyHash } } }));
    return Item === undefined ? undefined : parse(Credential, unmarshall(Item), 'A credential');
  }

  return {
    async find(key) {
      const keyHash = hashOfKey(key);
      const known = cache.get(keyHash);
      if (known !== undefined && known.until > now()) return known.credential;
      const credential = await read(keyHash);
      if (cache.size >= cacheEntries) cache.clear();
      cache.set(keyHash, { until: now() + cacheMs, credential });
      return credential;
    },
  };
}
