import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SSMClient } from '@aws-sdk/client-ssm';
import type { SealingKeyPlace } from '#adapters/parameter-store/ensure-sealing-key.ts';
import { outputOf, type Target } from './target.ts';

/** Where the sealing key of a target stands. */
export function sealingKeyPlaceOf(target: Target): SealingKeyPlace {
  return {
    ssm: new SSMClient(target.client),
    parameter: outputOf(target, 'SealingKeyParameter'),
    dynamo: new DynamoDBClient(target.client),
    table: outputOf(target, 'CredentialsTableName'),
  };
}
