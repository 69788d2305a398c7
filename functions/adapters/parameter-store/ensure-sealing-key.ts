import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { SSMClient } from '@aws-sdk/client-ssm';
import { dynamoSealingKey } from '#adapters/credentials-table/dynamo-sealing-key.ts';
import { publicHalfOf } from '#adapters/sealing/public-half-of.ts';
import { sealingKeyParameter } from './sealing-key-parameter.ts';

/** Where the two halves of a stage's sealing key stand. */
export interface SealingKeyPlace {
  readonly ssm: SSMClient;
  /** Name of the parameter with the private half. */
  readonly parameter: string;
  readonly dynamo: DynamoDBClient;
  /** Name of the credentials' table, where the public half stands. */
  readonly table: string;
}

/**
 * Makes the sealing key of a stage that has none; for operators, not for functions. The private half is stored first, and never over
 * another: who is cut off between the two, or runs beside somebody else, leaves a key whose public half the next run puts there.
 */
export async function ensureSealingKey({ ssm, parameter, dynamo, table }: SealingKeyPlace): Promise<'made' | 'there'> {
  const publicHalf = dynamoSealingKey(dynamo, table);
  if ((await publicHalf.read()) !== undefined) return 'there';
  const privateHalf = sealingKeyParameter(ssm, parameter);
  const made = newPrivateHalf();
  // Stored by somebody else in between, it is theirs that counts.
  const kept = (await privateHalf.put(made, 'none')) === 'put' ? made : await privateHalf.read();
  if (kept === undefined) throw new Error(`The parameter ${parameter} is there, and has no value`);
  await publicHalf.put(publicHalfOf(createPrivateKey(kept)), 'none');
  return 'made';
}

function newPrivateHalf(): string {
  return generateKeyPairSync('x25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
}
