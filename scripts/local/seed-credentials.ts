import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SSMClient } from '@aws-sdk/client-ssm';
import * as z from 'zod';
import { dynamoCredentialRegister } from '#adapters/credentials-table/dynamo-credential-register.ts';
import { ensureSealingKey } from '#adapters/parameter-store/ensure-sealing-key.ts';
import { scopes } from '#domain/credential/credential.ts';
import type { LocalCloud } from '#local-cloud/cloud/local-cloud.ts';
import { writeWhole } from '#local-cloud/cloud/write-whole.ts';

/** Keys of the three credentials that a local cloud starts with. */
const seededKeys = z.object({ writeKey: z.string(), serverKey: z.string(), adminKey: z.string() });
export type SeededKeys = z.infer<typeof seededKeys>;

/**
 * Makes the sealing key, and a credential for a web page, one for the shop's server and one that may do everything. The table keeps only hashes, so the keys stay in
 * a file beside it: a cloud that starts again on the same state has the same keys.
 */
export async function seedCredentials(cloud: LocalCloud): Promise<SeededKeys> {
  const { region, awsEndpoint: endpoint, accessKeyId, secretAccessKey, outputs } = cloud;
  const access = { region, endpoint, credentials: { accessKeyId, secretAccessKey } };
  const client = new DynamoDBClient(access);
  const ssm = new SSMClient(access);
  const table = outputs.CredentialsTableName ?? '';
  await ensureSealingKey({ ssm, parameter: outputs.SealingKeyParameter ?? '', dynamo: client, table });
  ssm.destroy();

  const file = join(cloud.stateDirectory, 'keys.json');
  if (existsSync(file)) {
    // Where they are from before they were kept from other eyes.
    chmodSync(cloud.stateDirectory, 0o700);
    chmodSync(file, 0o600);
    client.destroy();
    return seededKeys.parse(JSON.parse(readFileSync(file, 'utf8')));
  }
  const register = dynamoCredentialRegister(client, table);
  const now = new Date(cloud.now());
  const shop = { name: 'local web shop', touchpoint: 'web', scopes: ['collect'] } as const;
  const write = await register.make({ ...shop, scopes: [...shop.scopes], trust: 'public' }, now);
  const server = await register.make(
    { ...shop, name: 'server of the local web shop', scopes: [...shop.scopes], trust: 'server' },
    now,
  );
  const admin = await register.make(
    { name: 'local operator', touchpoint: 'call-centre', scopes: [...scopes], trust: 'server' },
    now,
  );
  client.destroy();
  const keys = { writeKey: write.key, serverKey: server.key, adminKey: admin.key };
  writeWhole(file, JSON.stringify(keys));
  return keys;
}
