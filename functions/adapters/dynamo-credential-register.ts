import { randomBytes } from 'node:crypto';
import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
  paginateScan,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import { Credential } from '#domain/credential/credential.ts';
import { parse } from '#shared/parse.ts';
import { hashOfKey } from './dynamo-credentials.ts';

/** What a person decides about a new credential. */
export type CredentialWish = Pick<Credential, 'name' | 'touchpoint' | 'scopes' | 'trust'>;

/** Makes, lists and revokes touchpoint credentials; for operators, not for functions. */
export function dynamoCredentialRegister(client: DynamoDBClient, table: string) {
  async function list(): Promise<Credential[]> {
    const credentials: Credential[] = [];
    for await (const page of paginateScan({ client }, { TableName: table })) {
      for (const item of page.Items ?? []) credentials.push(parse(Credential, unmarshall(item), 'A credential'));
    }
    return credentials.sort((a, b) => (a.createdAt < b.createdAt ? -1 : 1));
  }

  return {
    list,

    /** Stores a credential and gives its key: the only time it can be read. */
    async make(wish: CredentialWish, now: Date): Promise<{ readonly key: string; readonly credential: Credential }> {
      const key = randomBytes(24).toString('base64url');
      const keyHash = hashOfKey(key);
      const credential: Credential = {
        ...wish,
        keyHash,
        credentialId: keyHash.slice(0, 12),
        createdAt: now.toISOString(),
      };
      await client.send(new PutItemCommand({ TableName: table, Item: marshall(credential) }));
      return { key, credential };
    },

    /** Revokes a credential by its id; functions notice within a minute. `undefined` when there is none. */
    async revoke(credentialId: string, now: Date): Promise<Credential | undefined> {
      const credential = (await list()).find((known) => known.credentialId === credentialId);
      if (credential === undefined || credential.revokedAt !== undefined) return credential;
      const revokedAt = now.toISOString();
      try {
        await client.send(
          new UpdateItemCommand({
            TableName: table,
            Key: marshall({ keyHash: credential.keyHash }),
            UpdateExpression: 'SET revokedAt = :now',
            ConditionExpression: 'attribute_exists(keyHash) AND attribute_not_exists(revokedAt)',
            ExpressionAttributeValues: marshall({ ':now': revokedAt }),
          }),
        );
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
      }
      return { ...credential, revokedAt };
    },
  };
}
