import { describe, expect, test } from 'vitest';
import type * as z from 'zod';
import { clusterAttributes } from '#adapters/customers-table/identity-items.ts';
import { CustomerRecord } from '#adapters/customers-table/stream-images.ts';
import type { Cluster } from '#domain/identity/cluster.ts';
import type { IdentityEvent } from '#domain/identity/identity-change.ts';
import { streamBatch, streamHandler } from '#runtime/stream.ts';
import { FakeBus } from '#support/fakes/fake-bus.ts';
import { type PublishDeps, publishCustomerChanges } from '#use-cases/publish/publish-customer-changes.ts';

type StreamRecord = z.input<typeof CustomerRecord>;

const handlerOf = (deps: PublishDeps) => async (event: { readonly Records: readonly StreamRecord[] }) =>
  streamHandler(publishCustomerChanges(deps))(streamBatch(CustomerRecord).parse(event));

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
  await handlerOf({ bus, now: () => Date.UTC(2026, 2, 10), newId: () => `id-${ids++}` })({ Records });
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

describe('identity changes', () => {
  const key = (number: number) => `user_id:${String(number).padStart(32, '0')}`;
  const cluster: Cluster = {
    clusterId: 'cl-1',
    version: 7,
    members: new Map(),
    links: [],
    cuts: [],
    shared: new Set(),
    history: [],
    pending: [],
  };
  /** A cluster's item as the stream of a table brings it: bytes are base64. */
  const ofCluster = (events: readonly IdentityEvent[]): StreamRecord => {
    const item = clusterAttributes(cluster, events, Date.UTC(2026, 2, 9));
    const json = JSON.stringify(item, (_, value) =>
      value?.type === 'Buffer' ? Buffer.from(value.data).toString('base64') : value,
    );
    return { eventName: 'MODIFY', dynamodb: { NewImage: JSON.parse(json) } };
  };
  const link: IdentityEvent = {
    kind: 'link',
    identifier: key(1),
    otherIdentifier: key(2),
    occurredAt: '2026-03-01T00:00:00.000Z',
  };
  const merge: IdentityEvent = { kind: 'merge', customerId: 'a', mergedCustomerIds: ['b'] };
  const customer: IdentityEvent = { kind: 'customer', identifier: key(1), customerId: 'a', previousCustomerId: 'b' };
  const refusal: IdentityEvent = {
    ...link,
    kind: 'refusal',
    reason: 'most_of_type',
    type: 'user_id',
    customerId: 'a',
    otherCustomerId: 'b',
  };
  const share: IdentityEvent = { kind: 'share', identifier: key(1) };

  test('go to the bus by what they are, each with its place in its cluster', async () => {
    const bus = await publish(ofCluster([link, share, merge, refusal, customer]));
    const place = (index: number) => ({ clusterId: 'cl-1', epoch: 7, index, recordedAt: '2026-03-09T00:00:00.000Z' });
    const told = (type: 'IdentityLinked' | 'IdentityMerged' | 'IdentityMergeRefused' | 'IdentityUnmerged') =>
      bus.details(type).flatMap(({ changes }) => changes);
    expect(told('IdentityLinked')).toEqual([
      { ...place(0), ...link },
      { ...place(4), ...customer },
    ]);
    expect(told('IdentityUnmerged')).toEqual([{ ...place(1), ...share }]);
    expect(told('IdentityMerged')).toEqual([{ ...place(2), ...merge }]);
    expect(told('IdentityMergeRefused')).toEqual([{ ...place(3), ...refusal }]);
  });

  test('are none when only pointers were finished', async () => {
    expect((await publish(ofCluster([]))).entries).toEqual([]);
  });
});

test('a bus that is down fails the batch, so that the stream brings it again', async () => {
  const bus = new FakeBus();
  bus.isDown = true;
  const handle = handlerOf({ bus, now: () => 0, newId: () => 'id' });
  await expect(handle({ Records: [inserted('1')] })).rejects.toThrow('down');
});

test('a record that the SDK reads, whose bytes are bytes, tells the same as one that Lambda hands over', () => {
  const events: IdentityEvent[] = [{ kind: 'merge', customerId: 'a', mergedCustomerIds: ['b'] }];
  const cluster = { members: new Map(), links: [], cuts: [], shared: new Set<string>(), history: [], pending: [] };
  const item = clusterAttributes({ ...cluster, clusterId: 'cl-1', version: 7 }, events, Date.UTC(2026, 2, 9));
  const packed = item.changes?.B ?? Uint8Array.of();
  const told = (B: string | Uint8Array) =>
    CustomerRecord.parse({ eventName: 'MODIFY', dynamodb: { NewImage: { ...item, changes: { B } } } });
  expect(told(packed)).toMatchObject([{ kind: 'identity', change: { clusterId: 'cl-1', epoch: 7, ...events[0] } }]);
  expect(told(Buffer.from(packed).toString('base64'))).toEqual(told(packed));
});
