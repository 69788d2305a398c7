import * as z from 'zod';
import { changesInImage, clusterSort } from '#adapters/customers-table/identity-items.ts';
import { type BusEntry, busEntry } from '#contracts/bus/bus-event.ts';
import { packDetails } from '#contracts/bus/pack-details.ts';
import type { IdentityChange } from '#domain/identity/identity-change.ts';
import type { Bus } from '#ports/bus.ts';
import { SegmentsImage, segmentEntries } from './segment-entries.ts';

const version = z.object({ N: z.string() });

const PersonaImage = z.object({
  pk: z.object({ S: z.string().startsWith('customer#') }),
  sk: z.object({ S: z.string().startsWith('persona#') }),
  version,
});

const ClusterImage = z.object({
  pk: z.object({ S: z.string().startsWith('cluster#') }),
  sk: z.object({ S: z.literal(clusterSort) }),
  version,
  changes: z.object({ B: z.base64() }).optional(),
});

/** A batch of the stream of customers: items of personas, of clusters and of segments, as the mapping filters them. */
export const StreamEvent = z.object({
  Records: z.array(
    z.object({
      eventName: z.enum(['INSERT', 'MODIFY', 'REMOVE']),
      dynamodb: z.object({
        NewImage: z.union([PersonaImage, ClusterImage, SegmentsImage]).optional(),
        OldImage: z.union([SegmentsImage, z.unknown().transform(() => undefined)]).optional(),
      }),
    }),
  ),
});
type StreamRecord = z.output<typeof StreamEvent>['Records'][number];

interface PublishDeps {
  readonly bus: Bus;
  readonly now: () => number;
  readonly newId: () => string;
}

/** Tells the bus which profiles, identities and segments changed: all of a stream batch in as few entries as hold them. */
export function publishChanges({ bus, now, newId }: PublishDeps) {
  return async ({ Records }: z.output<typeof StreamEvent>): Promise<void> => {
    const occurredAt = new Date(now()).toISOString();
    const envelope = () => ({ id: newId(), occurredAt, schemaVersion: 1 as const });
    const identities = Map.groupBy(Records.flatMap(identityChangesIn), typeOf);
    const entries = [
      ...packed(Records.flatMap(profileChangesIn)).map((changes) =>
        busEntry('ProfileChanged', { ...envelope(), changes }),
      ),
      ...[...identities].flatMap(([type, all]) =>
        packed(all).map((changes): BusEntry => busEntry(type, { ...envelope(), changes })),
      ),
      ...Records.flatMap(segmentEntriesIn),
    ];
    if (entries.length > 0) await bus.publish(entries);
  };
}

/** More than the detail has without its list. */
const envelopeBytes = 200;

function packed<Change>(changes: readonly Change[]): Change[][] {
  return packDetails(changes, envelopeBytes);
}

function profileChangesIn({ eventName, dynamodb: { NewImage: image } }: StreamRecord) {
  if (image === undefined || !image.sk.S.startsWith('persona#')) return [];
  return [
    {
      customerId: image.pk.S.slice('customer#'.length),
      personaId: image.sk.S.slice('persona#'.length),
      version: Number(image.version.N),
      isNew: eventName === 'INSERT',
    },
  ];
}

function identityChangesIn({ dynamodb: { NewImage: image } }: StreamRecord): IdentityChange[] {
  if (image === undefined || !('changes' in image) || image.changes === undefined) return [];
  const { recordedAt, events } = changesInImage(image.changes.B);
  const clusterId = image.pk.S.slice('cluster#'.length);
  const epoch = Number(image.version.N);
  return events.map((event, index) => ({ clusterId, epoch, index, recordedAt, ...event }));
}

function segmentEntriesIn({ dynamodb: { NewImage: image, OldImage: before } }: StreamRecord): BusEntry[] {
  return image !== undefined && 'members' in image ? segmentEntries(before, image) : [];
}

function typeOf({ kind }: IdentityChange) {
  switch (kind) {
    case 'link':
    case 'customer':
      return 'IdentityLinked';
    case 'merge':
      return 'IdentityMerged';
    case 'refusal':
      return 'IdentityMergeRefused';
    case 'share':
    case 'unshare':
    case 'unmerge':
    case 'cut':
      return 'IdentityUnmerged';
  }
}
