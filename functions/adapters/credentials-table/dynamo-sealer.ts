import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { sealerOf } from '#adapters/sealing/sealer-of.ts';
import type { Sealer } from '#ports/sealer.ts';
import { dynamoSealingKey } from './dynamo-sealing-key.ts';

/** Seals for the stage's sealing key: read once it is there, and asked for each time until then. */
export function dynamoSealer(client: DynamoDBClient, table: string): () => Promise<Sealer | undefined> {
  const stored = dynamoSealingKey(client, table);
  let sealer: Sealer | undefined;
  return async () => {
    const publicHalf = sealer === undefined ? await stored.read() : undefined;
    if (publicHalf !== undefined) sealer = sealerOf(publicHalf);
    return sealer;
  };
}
