import { randomBytes } from 'node:crypto';
import { GetItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decisionItems } from '#adapters/decisions-table/decision-items.ts';
import { dynamoDecisions } from '#adapters/decisions-table/dynamo-decisions.ts';
import { dynamoDispositionDetails } from '#adapters/decisions-table/dynamo-disposition-details.ts';
import { dynamoDispositions } from '#adapters/decisions-table/dynamo-dispositions.ts';
import { decisionPartition } from '#adapters/decisions-table/keys.ts';
import type { Decision } from '#domain/decision/decision.ts';
import { encodeDecision } from '#domain/decision/encode-decision.ts';
import { shownOf } from '#domain/decision/shown-of.ts';
import { decisionFacts, offersNamed, outcomes } from '#support/builders/decision.ts';
import { startTestTable, type TestTable } from '#support/local-dynamodb.ts';

let table: TestTable;
beforeAll(async () => {
  table = await startTestTable();
});
afterAll(() => table[Symbol.asyncDispose]());

const { decision } = outcomes(decisionFacts(offersNamed(['tv'])), { explain: true });
const idOf = (batch: number, index: number) =>
  `019cad2f-0000-7000-8000-00000000${String(batch).padStart(2, '0')}${index.toString(16).padStart(2, '0')}`;

/** Decisions of a batch, each of so many bytes that can't be packed. */
function batchOf(batch: number, count: number, { bytes = 0, touchpoint = 'web' } = {}) {
  const [first, ...rest] = Array.from({ length: count }, (_, index): Decision => {
    const placements = decision.placements.map((each) => ({
      ...each,
      features: randomBytes(bytes).toString('base64'),
    }));
    return { ...decision, decisionId: idOf(batch, index), touchpoint, placements };
  });
  if (first === undefined) throw new RangeError('A batch has a decision');
  return [first, ...rest] as const satisfies readonly [Decision, ...Decision[]];
}

describe('decisions', () => {
  const decisions = () => dynamoDecisions(table.client, table.name);

  test('of one batch stand in one item and are found by their ids', async () => {
    const batch = batchOf(1, 5);
    expect(decisionItems(batch)).toHaveLength(1);
    expect(await decisions().save(batch)).toBe('saved');
    expect(await decisions().find(idOf(1, 3))).toEqual(batch[3]);
    expect(await decisions().find(idOf(1, 5))).toBeUndefined();
  });

  test('are saved once', async () => {
    await decisions().save(batchOf(2, 2));
    expect(await decisions().save(batchOf(2, 2, { touchpoint: 'app' }))).toBe('exists');
    expect((await decisions().find(idOf(2, 1)))?.touchpoint).toBe('web');
  });

  test('that are too large for an item are one batch all the same, whoever saves it at the same time', async () => {
    const runs = ['web', 'app'].map((touchpoint) => batchOf(3, 2, { bytes: 210_000, touchpoint }));
    expect(runs.map((batch) => decisionItems(batch).length)).toEqual([2, 2]);
    const outcomesOf = await Promise.all(runs.map((batch) => decisions().save(batch)));
    expect(outcomesOf.filter((outcome) => outcome === 'saved')).toHaveLength(1);
    const found = await Promise.all([0, 1].map((index) => decisions().find(idOf(3, index))));
    expect(found.map((each) => each?.decisionId)).toEqual([idOf(3, 0), idOf(3, 1)]);
    expect(new Set(found.map((each) => each?.touchpoint)).size).toBe(1);
  });
});

describe('dispositions', () => {
  const dispositions = () => dynamoDispositions(table.client, table.name);
  const told = (decisionId: string, occurredAt = '2026-03-10T12:00:00.000Z') => ({
    decisionId,
    treatmentId: 'tv-hero',
    disposition: 'clicked' as const,
    occurredAt,
    receivedAt: '2026-03-10T12:00:01.000Z',
    touchpoint: 'web',
  });

  test('are found with their decision, and not those of others of its batch', async () => {
    const batch = batchOf(4, 2);
    const [, second = batch[0]] = batch;
    await dynamoDecisions(table.client, table.name).save(batch);
    for (const { decisionId } of batch) await dispositions().save(told(decisionId), 0);
    expect(await dispositions().load(idOf(4, 1))).toEqual({
      decision: shownOf(encodeDecision(second)),
      told: new Map([[`disposition:${idOf(4, 1)}:tv-hero:clicked`, told(idOf(4, 1))]]),
    });
  });

  test('of a decision that nobody knows are kept too', async () => {
    await dispositions().save(told(idOf(5, 0)), 0);
    const { decision: found, told: kept } = await dispositions().load(idOf(5, 0));
    expect([found, kept.size]).toEqual([undefined, 1]);
  });

  test('are kept for 75 days: the longest window in which a decision is answered, its records’ two weeks more, and a month', async () => {
    const toldAtMs = Date.UTC(2026, 2, 10);
    await dispositions().save(told(idOf(7, 0)), toldAtMs);
    const Key = { pk: { S: decisionPartition(idOf(7, 0)) }, sk: { S: `disposition:${idOf(7, 0)}:tv-hero:clicked` } };
    const { Item } = await table.client.send(new GetItemCommand({ TableName: table.name, Key }));
    expect(Item?.expiresAt).toEqual({ N: String(Date.UTC(2026, 4, 24) / 1000) });
  });

  test('are read with the details that were told with them, where there were any', async () => {
    const details = { reason: 'no-time', callBackAt: '2026-03-11T09:00:00.000Z' };
    const [with8, without9] = [told(idOf(8, 0)), told(idOf(9, 0))];
    await dispositions().save({ ...with8, details }, 0);
    await dispositions().save(without9, 0);
    const { detailsOf } = dynamoDispositionDetails(table.client, table.name);
    const found = await detailsOf([with8, without9, told(idOf(10, 0))]);
    expect(found).toEqual(new Map([[`disposition:${idOf(8, 0)}:tv-hero:clicked`, details]]));
    expect(await detailsOf([])).toEqual(new Map());
  });

  test('are what was told first', async () => {
    expect(await dispositions().save(told(idOf(6, 0)), 0)).toBe('saved');
    expect(await dispositions().save(told(idOf(6, 0), '2026-03-11T12:00:00.000Z'), 0)).toBe('exists');
    const { told: kept } = await dispositions().load(idOf(6, 0));
    expect([...kept.values()]).toEqual([told(idOf(6, 0))]);
  });
});
