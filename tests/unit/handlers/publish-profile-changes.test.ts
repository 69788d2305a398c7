import '#support/fakes/function-environment.ts';
import { describe, expect, test } from 'vitest';
import { publishChanges } from '#handlers/publish-profile-changes/publish-changes.ts';
import { FakeBus } from '#support/fakes/fake-bus.ts';

type StreamRecord = Parameters<ReturnType<typeof publishChanges>>[0]['Records'][number];

const image = (id: string, version = 1) => ({
  pk: { S: `customer#c-${id}` },
  sk: { S: `persona#p-${id}` },
  version: { N: String(version) },
});
const inserted = (id: string): StreamRecord => ({ eventName: 'INSERT', dynamodb: { NewImage: image(id) } });
const modified = (id: string, version: number): StreamRecord => ({
  eventName: 'MODIFY',
  dynamodb: { NewImage: image(id, version) },
});

async function publish(...Records: StreamRecord[]) {
  const bus = new FakeBus();
  let ids = 0;
  await publishChanges({ bus, now: () => Date.UTC(2026, 2, 10), newId: () => `id-${ids++}` })({ Records });
  return bus;
}

describe('profile changes', () => {
  test('of a stream batch go to the bus together, in their order', async () => {
    const bus = await publish(inserted('1'), modified('1', 2), modified('2', 7));
    expect(bus.details('ProfileChanged')).toEqual([
      {
        id: 'id-0',
        occurredAt: '2026-03-10T00:00:00.000Z',
        schemaVersion: 1,
        changes: [
          { customerId: 'c-1', personaId: 'p-1', version: 1, isNew: true },
          { customerId: 'c-1', personaId: 'p-1', version: 2, isNew: false },
          { customerId: 'c-2', personaId: 'p-2', version: 7, isNew: false },
        ],
      },
    ]);
  });

  test('of more than 64 KB go in several entries that lose none', async () => {
    const records = Array.from({ length: 1000 }, (_, index) => inserted(`${index}-${'x'.repeat(100)}`));
    const bus = await publish(...records);
    expect(bus.entries.length).toBeGreaterThan(1);
    for (const { detail } of bus.entries) expect(Buffer.byteLength(detail)).toBeLessThanOrEqual(64 * 1024);
    expect(bus.details('ProfileChanged').flatMap(({ changes }) => changes)).toHaveLength(1000);
  });

  test('do not tell of removals', async () => {
    const bus = await publish({ eventName: 'REMOVE', dynamodb: {} });
    expect(bus.entries).toEqual([]);
  });
});

test('a bus that is down fails the batch, so that the stream brings it again', async () => {
  const bus = new FakeBus();
  bus.isDown = true;
  const handle = publishChanges({ bus, now: () => 0, newId: () => 'id' });
  await expect(handle({ Records: [inserted('1')] })).rejects.toThrow('down');
});
