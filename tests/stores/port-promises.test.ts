import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dynamoCatalogue } from '#adapters/catalogue-table/dynamo-catalogue.ts';
import { dynamoPersonas } from '#adapters/customers-table/dynamo-personas.ts';
import { memoryCatalogue } from '#adapters/in-memory/memory-catalogue.ts';
import { MemoryPersonas } from '#adapters/in-memory/memory-personas.ts';
import { MemoryTrainingStore } from '#adapters/in-memory/memory-training-store.ts';
import { MemoryWaitingPresentations } from '#adapters/in-memory/memory-waiting-presentations.ts';
import { dynamoTrainingStore } from '#adapters/models-table/dynamo-training-store.ts';
import { dynamoWaitingPresentations } from '#adapters/models-table/dynamo-waiting-presentations.ts';
import { catalogueVersion, idOfItem } from '#domain/catalogue/catalogue.ts';
import type { Interaction } from '#domain/interaction/interaction.ts';
import { applyInteractions } from '#domain/profile/fold.ts';
import { encodeState } from '#domain/profile/state-codec.ts';
import { touches } from '#domain/profile/touches.ts';
import { encodeFeatures } from '#domain/propensity/feature-vector.ts';
import { learnResponses, touchedBy } from '#domain/propensity/learn-responses.ts';
import type { WaitingPresentation } from '#domain/propensity/waiting-presentation.ts';
import { keepingOf } from '#domain/text/keeping.ts';
import type { CatalogueStore } from '#ports/catalogue-store.ts';
import type { Personas } from '#ports/personas.ts';
import type { TrainingStore } from '#ports/training-store.ts';
import type { WaitingPresentations } from '#ports/waiting-presentations.ts';
import { saved } from '#support/builders/catalogue-items.ts';
import { interaction } from '#support/builders/interaction.ts';
import { startTestTable, type TestTable } from '#support/local-dynamodb.ts';

let table: TestTable;
beforeAll(async () => {
  table = await startTestTable();
});
afterAll(() => table[Symbol.asyncDispose]());

const now = Date.UTC(2026, 2, 10, 12);

describe.each<[string, () => Personas]>([
  ['in DynamoDB', () => dynamoPersonas(table.client, table.name)],
  ['in memory', () => new MemoryPersonas()],
])('personas %s', (_, make) => {
  const order: Interaction = interaction({
    messageId: 'm-1',
    event: 'Order Completed',
    properties: { order_id: 'o-1', revenue: 9, currency: 'EUR' },
  });
  const fold = async (personas: Personas, personaId: string) => {
    const loaded = await personas.load(personaId, touches([order]));
    return {
      loaded,
      change: applyInteractions(
        loaded,
        [order],
        keepingOf(personaId, () => false),
      ),
    };
  };

  test('give back what was saved, and know the message again', async () => {
    const personas = make();
    const { loaded, change } = await fold(personas, 'kept');
    expect([loaded.version, change.isChanged]).toEqual([0, true]);
    expect(await personas.save(loaded, change, now)).toBe('saved');
    const again = await fold(personas, 'kept');
    expect([again.loaded.version, again.change.isChanged]).toEqual([1, false]);
    expect(encodeState(again.loaded.state)).toBe(encodeState(change.state));
  });

  test('let one of two writers through who read the same', async () => {
    const personas = make();
    const [one, other] = [await fold(personas, 'raced'), await fold(personas, 'raced')];
    expect(await personas.save(one.loaded, one.change, now)).toBe('saved');
    expect(await personas.save(other.loaded, other.change, now)).toBe('conflict');
    expect((await fold(personas, 'raced')).loaded.version).toBe(1);
  });
});

describe.each<[string, () => CatalogueStore]>([
  ['in DynamoDB', () => dynamoCatalogue(table.client, table.name)],
  ['in memory', () => memoryCatalogue()],
])('a catalogue %s', (_, make) => {
  const [offer, segment] = [saved('offers'), saved('segments')];
  const changeOf = (revision: number, item: typeof offer, all: readonly (typeof offer)[]) => ({
    revision,
    change: { ...item, id: idOfItem(item), updatedAt: '2026-03-01T00:00:00.000Z', updatedBy: 'c-1' },
    catalogueVersion: catalogueVersion(all),
  });

  test('takes one change at a revision, and has every state that it was in', async () => {
    const store = make();
    expect([await store.load(), await store.revision()]).toEqual([{ revision: 0, items: [] }, 0]);
    expect(await store.save(changeOf(0, offer, [offer]))).toBe('saved');
    expect(await store.save(changeOf(0, segment, [segment]))).toBe('conflict');
    expect(await store.save(changeOf(1, segment, [offer, segment]))).toBe('saved');
    expect(await store.revision()).toBe(2);
    expect(await store.find('offers', idOfItem(offer))).toMatchObject({ ...offer, version: 1 });
    expect(await store.find('offers', 'none')).toBeUndefined();
    expect(await store.list('segments')).toMatchObject([{ ...segment, version: 2 }]);
    expect((await store.loadAt(1)).items).toMatchObject([offer]);
    expect(await store.changesOf('segments', idOfItem(segment))).toMatchObject([{ ...segment, version: 2 }]);
  });
});

describe.each<[string, () => TrainingStore]>([
  ['in DynamoDB', () => dynamoTrainingStore(table.client, table.name)],
  ['in memory', () => new MemoryTrainingStore()],
])('models %s', (_, make) => {
  const response = (decisionId: string, treatmentId: string) => ({
    decisionId,
    decidedAt: '2026-03-10T11:00:00.000Z',
    treatmentId,
    offerId: treatmentId,
    channel: treatmentId,
    features: [1, 2],
    response: true,
    atMs: now,
  });
  const learn = async (store: TrainingStore, each: ReturnType<typeof response>) => {
    const { models, slot } = touchedBy(each);
    const loaded = await store.load({ models, slots: [slot] });
    return { loaded, changed: learnResponses(loaded, [each]) };
  };

  test('give back what they learned, which teaches nothing again', async () => {
    const store = make();
    const { loaded, changed } = await learn(store, response('d-1', 'kept'));
    expect(await store.save(loaded, changed, now)).toBe('saved');
    const again = await learn(store, response('d-1', 'kept'));
    expect([...again.loaded.models.keys()].sort()).toEqual(['channel#kept', 'offer#kept', 'treatment#kept']);
    expect(again.changed.models.size).toBe(0);
  });

  test('let one of two writers through who read the same', async () => {
    const store = make();
    const [one, other] = [await learn(store, response('d-1', 'raced')), await learn(store, response('d-2', 'raced'))];
    expect(await store.save(one.loaded, one.changed, now)).toBe('saved');
    expect(await store.save(other.loaded, other.changed, now)).toBe('conflict');
    const again = await learn(store, response('d-2', 'raced'));
    expect(again.loaded.models.get('treatment#raced')?.responses).toBe(1);
  });
});

describe.each<[string, () => WaitingPresentations]>([
  ['in DynamoDB', () => dynamoWaitingPresentations(table.client, table.name)],
  ['in memory', () => new MemoryWaitingPresentations()],
])('waiting presentations %s', (_, make) => {
  const waits = (decisionId: string, dueAt = '2026-03-10T12:00:00.000Z'): WaitingPresentation => ({
    decisionId,
    decidedAt: '2026-03-10T11:00:00.000Z',
    treatmentId: 'sale-hero',
    offerId: 'sale',
    channel: 'web',
    features: encodeFeatures([1, 2, 3]),
    dueAt,
  });
  const released = async (waiting: WaitingPresentations, nowMs: number) => {
    const ids: string[] = [];
    await waiting.releaseDue(nowMs, async (due) => void ids.push(...due.map(({ decisionId }) => decisionId)));
    return ids.sort();
  };

  test('are handed over from the moment on in which they are due, once, those of a long wait too', async () => {
    const waiting = make();
    const many = Array.from({ length: 600 }, (_, index) => waits(`d-${1000 + index}`));
    await waiting.hold([...many, waits('d-later', '2026-03-10T12:15:00.000Z')]);
    expect(await released(waiting, now - 1)).toEqual([]);
    expect(await released(waiting, now)).toEqual(many.map(({ decisionId }) => decisionId));
    expect(await released(waiting, now)).toEqual([]);
    expect(await released(waiting, now + 30 * 86_400_000)).toEqual(['d-later']);
  });

  test('stay when who takes them fails', async () => {
    const waiting = make();
    await waiting.hold([waits('d-1')]);
    await expect(waiting.releaseDue(now, () => Promise.reject(new Error('down')))).rejects.toThrow('down');
    expect(await released(waiting, now)).toEqual(['d-1']);
  });

  test('come back as they were held', async () => {
    const waiting = make();
    await waiting.hold([waits('d-1')]);
    const found: WaitingPresentation[] = [];
    await waiting.releaseDue(now, async (due) => void found.push(...due));
    expect(found).toEqual([waits('d-1')]);
  });
});
