import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { readItems } from '#adapters/dynamodb/read-items.ts';
import type { KnownModels } from '#domain/decision/model-propensities.ts';
import { type ModelKey, modelName } from '#domain/propensity/model-key.ts';
import type { Models } from '#ports/models.ts';
import { fullJitter } from '#runtime/retry.ts';
import { modelItemKey } from './keys.ts';
import { modelIn } from './model-items.ts';

export interface DynamoModelsSettings {
  /** For how long what was read is used, milliseconds. */
  readonly keptMs: number;
  readonly now: () => number;
  readonly pause?: (attempt: number) => Promise<void>;
}

/** A reading of models: begun at a time, of these, with what comes of it. */
interface Reading {
  readonly names: ReadonlySet<string>;
  readonly atMs: number;
  readonly models: Promise<KnownModels>;
  isDone: boolean;
}

/** A reading that takes longer is not waited for by others: a function that was frozen meanwhile has lost its connection. */
const sharedMs = 200;

/**
 * Models for deciding, remembered in the function: a call of BatchGetItem for every hundred when one is asked for first or when
 * what is remembered is older than `keptMs`; then all that were ever asked for are read again, at half the price of consistent
 * reads. Decisions that are made at the same time share a reading.
 */
export function dynamoModels(
  client: DynamoDBClient,
  table: string,
  { keptMs, now, pause = fullJitter(10, 50) }: DynamoModelsSettings,
): Models {
  const asked = new Map<string, ModelKey>();
  let latest: Reading | undefined;

  async function read(keys: readonly ModelKey[]): Promise<KnownModels> {
    const items = await readItems(client, table, keys.map(modelItemKey), { freshness: 'eventual', pause });
    const records = new Map(
      keys.map((key) => {
        const item = items.get(modelItemKey(key));
        return [modelName(key), item && modelIn(item).value];
      }),
    );
    return { of: (kind, id) => records.get(modelName({ kind, id })) };
  }

  function begin(): Reading {
    const models = read([...asked.values()]);
    const reading: Reading = { names: new Set(asked.keys()), atMs: now(), models, isDone: false };
    models.then(
      () => {
        reading.isDone = true;
      },
      () => {
        if (latest === reading) latest = undefined;
      },
    );
    return reading;
  }

  const serves = ({ names, atMs, isDone }: Reading, keys: readonly ModelKey[]) =>
    now() - atMs < (isDone ? keptMs : sharedMs) && keys.every((key) => names.has(modelName(key)));

  return {
    load(keys) {
      for (const key of keys) asked.set(modelName(key), key);
      if (latest === undefined || !serves(latest, keys)) latest = begin();
      return latest.models;
    },
  };
}
