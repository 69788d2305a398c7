import { createHash } from 'node:crypto';
import { type DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { asOf } from '#domain/credential/as-of.ts';
import { Credential } from '#domain/credential/credential.ts';
import type { Credentials } from '#ports/credentials.ts';
import { parse } from '#runtime/parse.ts';

const cacheMs = 60_000;
/** Of known and of unknown keys, each: a flood of wrong keys drives out no right one. */
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
  const known = new Map<string, Remembered>();
  const unknown = new Map<string, Remembered>();

  async function read(keyHash: string): Promise<Credential | undefined> {
    const { Item } = await client.send(new GetItemCommand({ TableName: table, Key: { keyHash: { S: keyHash } } }));
    return Item === undefined ? undefined : parse(Credential, unmarshall(Item), 'A credential');
  }

  return {
    async find(key) {
      const keyHash = hashOfKey(key);
      const remembered = known.get(keyHash) ?? unknown.get(keyHash);
      if (remembered !== undefined && remembered.until > now()) {
        return remembered.credential && asOf(remembered.credential, now());
      }
      const credential = await read(keyHash);
      known.delete(keyHash);
      unknown.delete(keyHash);
      remember(credential === undefined ? unknown : known, keyHash, { until: now() + cacheMs, credential });
      return credential && asOf(credential, now());
    },
  };
}

interface Remembered {
  readonly until: number;
  readonly credential: Credential | undefined;
}

/** The one that was read longest ago makes room. */
function remember(cache: Map<string, Remembered>, keyHash: string, remembered: Remembered): void {
  const [oldest] = cache.keys();
  if (cache.size >= cacheEntries && oldest !== undefined) cache.delete(oldest);
  cache.set(keyHash, remembered);
}
