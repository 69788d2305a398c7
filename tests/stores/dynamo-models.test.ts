import { BatchGetItemCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dynamoModels } from '#adapters/models-table/dynamo-models.ts';
import { dynamoTrainingStore } from '#adapters/models-table/dynamo-training-store.ts';
import { type Learned, learnResponses, type PresentedResponse, touchedBy } from '#domain/propensity/learn-responses.ts';
import { ItemsUnreadError, UnexpectedShapeError } from '#runtime/errors.ts';
import { startTestTable, type TestTable } from '#support/local-dynamodb.ts';

let table: TestTable;
beforeAll(async () => {
  table = await startTestTable();
});
afterAll(() => table[Symbol.asyncDispose]());

const now = Date.UTC(2026, 2, 10, 12);
const response = (over: Partial<PresentedResponse> = {}): PresentedResponse => ({
  decisionId: 'd-1',
  decidedAt: '2026-03-10T11:00:00.000Z',
  treatmentId: 'sale-hero',
  offerId: 'sale',
  channel: 'web',
  features: [1, 2],
  response: true,
  atMs: now,
  ...over,
});
const runOf = (responses: readonly PresentedResponse[]) => ({
  models: touchedBy(responses[0] ?? response()).models,
  slots: responses.map((each) => touchedBy(each).slot),
});

async function teach(each: PresentedResponse) {
  const trainingStore = dynamoTrainingStore(table.client, table.name);
  const loaded = await trainingStore.load(runOf([each]));
  return trainingStore.save(loaded, learnResponses(loaded, [each]), now);
}

describe('learning', () => {
  test('finds what was saved: models, what they learned from, and their versions', async () => {
    const mine = response({ treatmentId: 'round-trip', offerId: 'round', channel: 'trip' });
    expect(await teach(mine)).toBe('saved');
    const loaded = await dynamoTrainingStore(table.client, table.name).load(runOf([mine]));
    expect([...loaded.models].map(([name, { responses, positives }]) => [name, responses, positives])).toEqual([
      ['treatment#round-trip', 1, 1],
      ['offer#round', 1, 1],
      ['channel#trip', 1, 1],
    ]);
    expect([...loaded.processed.keys()]).toEqual(['round-trip@2026-03-10T11']);
    expect([...loaded.versions.values()]).toEqual([1, 1, 1, 1]);
    expect(learnResponses(loaded, [mine])).toEqual({ models: new Map(), processed: new Map() } satisfies Learned);
  });

  test('lets one of two writers through who read the same, and writes nothing of the other', async () => {
    const trainingStore = dynamoTrainingStore(table.client, table.name);
    const [first, second] = ['a', 'b'].map((decisionId) =>
      response({ decisionId, treatmentId: 'race', channel: 'race' }),
    );
    if (first === undefined || second === undefined) throw new Error('two responses');
    const [one, other] = [await trainingStore.load(runOf([first])), await trainingStore.load(runOf([second]))];
    expect(await trainingStore.save(one, learnResponses(one, [first]), now)).toBe('saved');
    expect(await trainingStore.save(other, learnResponses(other, [second]), now)).toBe('conflict');
    const after = await trainingStore.load(runOf([second]));
    expect(after.models.get('channel#race')?.responses).toBe(1);
    expect(await teach(second)).toBe('saved');
  });

  test('conflicts on the channel alone when other treatments of it are taught', async () => {
    const trainingStore = dynamoTrainingStore(table.client, table.name);
    const mine = response({ treatmentId: 'mine', offerId: 'mine', channel: 'shared' });
    const loaded = await trainingStore.load(runOf([mine]));
    await teach(response({ treatmentId: 'theirs', offerId: 'theirs', channel: 'shared' }));
    expect(await trainingStore.save(loaded, learnResponses(loaded, [mine]), now)).toBe('conflict');
    expect((await trainingStore.load(runOf([mine]))).models.has('treatment#mine')).toBe(false);
  });
});

describe('models for deciding', () => {
  function scene() {
    const calls: number[] = [];
    let nowMs = 0;
    const models = dynamoModels(table.client, table.name, { keptMs: 30_000, now: () => nowMs });
    const counted = mockClient(table.client);
    counted.on(BatchGetItemCommand).callsFake((input: { RequestItems: Record<string, { Keys: unknown[] }> }) => {
      calls.push(input.RequestItems[table.name]?.Keys.length ?? 0);
      return { Responses: { [table.name]: [] } };
    });
    return { models, calls, wait: (ms: number) => (nowMs += ms), restore: () => counted.restore() };
  }
  const keys = (count: number, from = 0) =>
    Array.from({ length: count }, (_, index) => ({ kind: 'treatment', id: `t-${index + from}` }) as const);

  test('are what learning saved, and nothing where there is none', async () => {
    await teach(response({ treatmentId: 'known', offerId: 'known', channel: 'known' }));
    const models = dynamoModels(table.client, table.name, { keptMs: 1000, now: () => 0 });
    const known = await models.load([
      { kind: 'treatment', id: 'known' },
      { kind: 'offer', id: 'unknown' },
    ]);
    expect([known.of('treatment', 'known')?.responses, known.of('offer', 'unknown')]).toEqual([1, undefined]);
  });

  test('are read with a call for every hundred, once while they are fresh', async () => {
    const { models, calls, wait, restore } = scene();
    const first = await models.load(keys(250));
    expect(calls).toEqual([100, 100, 50]);
    wait(29_999);
    expect(await models.load(keys(10))).toBe(first);
    expect(calls).toHaveLength(3);
    wait(1);
    expect(await models.load(keys(10))).not.toBe(first);
    expect(calls).toHaveLength(6);
    restore();
  });

  test('are read at once when one is asked for first', async () => {
    const { models, calls, restore } = scene();
    await models.load(keys(2));
    await models.load(keys(1, 10));
    expect(calls).toEqual([2, 3]);
    restore();
  });

  test('are read once for all who ask at the same time', async () => {
    const { models, calls, restore } = scene();
    const asked = await Promise.all(Array.from({ length: 16 }, () => models.load(keys(3))));
    expect(calls).toEqual([3]);
    expect(new Set(asked).size).toBe(1);
    restore();
  });

  test('that do not come are asked for again by those who come later', async () => {
    const aws = mockClient(table.client);
    aws
      .on(BatchGetItemCommand)
      .callsFakeOnce(() => new Promise(() => {}))
      .resolves({});
    let nowMs = 0;
    const models = dynamoModels(table.client, table.name, { keptMs: 15_000, now: () => nowMs });
    void models.load(keys(1));
    nowMs = 200;
    expect((await models.load(keys(1))).of('treatment', 't-0')).toBeUndefined();
    expect(aws.commandCalls(BatchGetItemCommand)).toHaveLength(2);
    aws.restore();
  });

  test('that could not be read are asked for again by the next one', async () => {
    const aws = mockClient(table.client);
    aws.on(BatchGetItemCommand).rejectsOnce(new Error('throttled')).resolves({});
    const models = dynamoModels(table.client, table.name, { keptMs: 1000, now: () => 0 });
    await expect(models.load(keys(1))).rejects.toThrow('throttled');
    expect((await models.load(keys(1))).of('treatment', 't-0')).toBeUndefined();
    aws.restore();
  });

  test('that stay unread are a fault', async () => {
    const aws = mockClient(table.client);
    aws.on(BatchGetItemCommand).resolves({ UnprocessedKeys: { [table.name]: { Keys: [{ pk: { S: 'x' } }] } } });
    const models = dynamoModels(table.client, table.name, { keptMs: 1, now: () => 0, pause: async () => {} });
    await expect(models.load(keys(1))).rejects.toThrow(ItemsUnreadError);
    expect(aws.commandCalls(BatchGetItemCommand)).toHaveLength(5);
    aws.restore();
  });

  test('that can’t be decoded are a fault', async () => {
    const aws = mockClient(table.client);
    const item = {
      pk: { S: 'treatment#t-0' },
      sk: { S: 'model' },
      version: { N: '1' },
      record: { B: Uint8Array.of(9) },
    };
    aws.on(BatchGetItemCommand).resolves({ Responses: { [table.name]: [item] } });
    const models = dynamoModels(table.client, table.name, { keptMs: 1, now: () => 0 });
    await expect(models.load(keys(1))).rejects.toThrow(UnexpectedShapeError);
    aws.restore();
  });
});
