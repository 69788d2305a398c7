import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { dynamoCredentialRegister } from '#adapters/dynamo-credential-register.ts';
import { scopes } from '#domain/credential/credential.ts';
import type { LocalCloud } from '#infra/local/local-cloud.ts';

/** Keys of the two credentials that a local cloud starts with. */
const seededKeys = z.object({ writeKey: z.string(), adminKey: z.string() });
export type SeededKeys = z.infer<typeof seededKeys>;

/**
 * Makes a credential that may collect and one that may do everything. The table keeps only hashes, so the keys stay in
 * a file beside it: a cloud that starts again on the same state has the same keys.
 */
export async function seedCredentials(cloud: LocalCloud): Promise<SeededKeys> {
  const file = join(cloud.stateDirectory, 'keys.json');
  if (existsSync(file)) return seededKeys.parse(JSON.parse(readFileSync(file, 'utf8')));
  const { region, awsEndpoint: endpoint, accessKeyId, secretAccessKey, outputs } = cloud;
  const client = new DynamoDBClient({ region, endpoint, credentials: { accessKeyId, secretAccessKey } });
  const register = dynamoCredentialRegister(client, outputs.CredentialsTableName ?? '');
  const now = new Date(cloud.now());
  const write = await register.make({ name: 'local web shop', touchpoint: 'web', scopes: ['collect'] }, now);
  const admin = await register.make({ name: 'local operator', touchpoint: 'call-centre', scopes: [...scopes] }, now);
  client.destroy();
  const keys = { writeKey: write.key, adminKey: admin.key };
  writeFileSync(file, JSON.stringify(keys));
  return keys;
}
