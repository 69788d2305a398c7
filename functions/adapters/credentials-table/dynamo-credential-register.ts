import { randomBytes } from 'node:crypto';
import { type DynamoDBClient, PutItemCommand, paginateScan, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { conditionalWrite } from '#adapters/dynamodb/conditional-write.ts';
import { asOf } from '#domain/credential/as-of.ts';
import { Credential } from '#domain/credential/credential.ts';
import { parse } from '#runtime/parse.ts';
import { hashOfKey } from './dynamo-credentials.ts';
import { sealingKeyId } from './dynamo-sealing-key.ts';

/** What a person decides about a new credential. */
export type CredentialRequest = Pick<
  Credential,
  'name' | 'touchpoint' | 'touchpoints' | 'scopes' | 'trust' | 'eventsPerSecond' | 'eventsPerDay'
>;

/** A new credential with its key. */
interface MadeCredential {
  readonly key: string;
  readonly credential: Credential;
}

interface RotatedCredential extends MadeCredential {
  readonly oldEndsAt: string;
}

/** Makes, lists, rotates and revokes touchpoint credentials; for operators, not for functions. */
export function dynamoCredentialRegister(client: DynamoDBClient, table: string) {
  async function list(): Promise<Credential[]> {
    const credentials: Credential[] = [];
    for await (const page of paginateScan({ client }, { TableName: table })) {
      for (const item of page.Items ?? []) {
        if (item.keyHash?.S !== sealingKeyId) credentials.push(parse(Credential, unmarshall(item), 'A credential'));
      }
    }
    return credentials.sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
  }

  /** Sets when a credential ends, unless it has ended. */
  async function end({ keyHash }: Credential, field: 'revokedAt' | 'expiresAt', at: string): Promise<void> {
    const update = new UpdateItemCommand({
      TableName: table,
      Key: marshall({ keyHash }),
      UpdateExpression: 'SET #field = :at',
      ConditionExpression: 'attribute_exists(keyHash) AND attribute_not_exists(revokedAt)',
      ExpressionAttributeNames: { '#field': field },
      ExpressionAttributeValues: marshall({ ':at': at }),
    });
    await conditionalWrite(client.send(update));
  }

  async function make(wanted: CredentialRequest, now: Date): Promise<MadeCredential> {
    const key = randomBytes(24).toString('base64url');
    const keyHash = hashOfKey(key);
    const credential: Credential = {
      ...wanted,
      keyHash,
      credentialId: keyHash.slice(0, 12),
      createdAt: now.toISOString(),
    };
    await client.send(new PutItemCommand({ TableName: table, Item: marshall(credential) }));
    return { key, credential };
  }

  return {
    list,

    /** Stores a credential and gives its key: the only time it can be read. */
    make,

    /**
     * Gives a credential a new key, under a new id; the old key goes on for the overlap, so that nobody stands without one. The
     * new one is stored first. `undefined` when there is none, or it has ended.
     */
    async rotate(credentialId: string, overlapMs: number, now: Date): Promise<RotatedCredential | undefined> {
      const old = (await list()).find((known) => known.credentialId === credentialId);
      if (old === undefined || asOf(old, now.getTime()).revokedAt !== undefined) return undefined;
      const { keyHash: _, credentialId: _id, createdAt: _at, expiresAt: _end, ...wanted } = old;
      const made = await make(wanted, now);
      const expiresAt = new Date(now.getTime() + overlapMs).toISOString();
      await end(old, 'expiresAt', expiresAt);
      return { ...made, oldEndsAt: expiresAt };
    },

    /** Revokes a credential by its id; functions notice within a minute. `undefined` when there is none. */
    async revoke(credentialId: string, now: Date): Promise<Credential | undefined> {
      const credential = (await list()).find((known) => known.credentialId === credentialId);
      if (credential === undefined || credential.revokedAt !== undefined) return credential;
      const revokedAt = now.toISOString();
      await end(credential, 'revokedAt', revokedAt);
      return { ...credential, revokedAt };
    },
  };
}
