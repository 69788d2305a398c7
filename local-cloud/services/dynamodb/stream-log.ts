import * as z from 'zod';
import type { Clock } from '#local-cloud/cloud/service.ts';
import { type AttributeMap, isSameItem, itemBytes } from './attribute-value.ts';
import type { ItemChange, ItemStore } from './item-store.ts';
import type { StoreOperation } from './sorted-store.ts';
import { keyNames, type Table } from './table.ts';

/** How long a stream keeps a record. */
export const streamRetentionMs = 24 * 60 * 60 * 1000;

/** Records looked at in one go when old ones are removed. */
const trimPage = 500;

/** Sequence numbers have 21 digits or more on AWS, and sort as text while their length is equal. */
const firstSequence = 10n ** 20n;

/** One change in a table's stream, in the form that GetRecords answers. */
const streamRecord = z.object({
  eventID: z.string(),
  eventName: z.enum(['INSERT', 'MODIFY', 'REMOVE']),
  eventVersion: z.literal('1.1'),
  eventSource: z.literal('aws:dynamodb'),
  awsRegion: z.string(),
  dynamodb: z.looseObject({
    ApproximateCreationDateTime: z.number(),
    SequenceNumber: z.string(),
    SizeBytes: z.number(),
  }),
  userIdentity: z.object({ PrincipalId: z.string(), Type: z.string() }).optional(),
});
export type StreamRecord = z.infer<typeof streamRecord>;

/** The streams of all tables, stored in the same batch as the change they tell of. */
export interface StreamLog {
  /** Records after a sequence number, oldest first. */
  after(table: Table, sequence: string, limit: number): readonly StreamRecord[];
  /** The newest sequence number given so far, over all tables. */
  readonly head: string;
  /** Marks what the next commit deletes as done by the service itself (time to live). */
  byService(itemKey: string): void;
  listen(streamArn: string, listener: () => void): () => void;
  trim(table: Table, beforeMs: number): Promise<void>;
}

/** Opens the log; from then on each commit to a table with a stream appends its changes in order. */
export function openStreamLog(store: ItemStore, clock: Clock, region: string): StreamLog {
  let head = z.string().transform(BigInt).catch(firstSequence).parse(store.get('stream-head'));
  const listeners = new Map<string, Set<() => void>>();
  const expired = new Set<string>();

  store.companion((changes) => {
    const operations: StoreOperation[] = [];
    for (const change of changes.filter(isReal)) {
      head += 1n;
      const record = toRecord(change, head.toString(), clock.now(), region, expired.has(change.itemKey));
      operations.push({ type: 'put', key: keyOf(change.table, head.toString()), value: record });
    }
    expired.clear();
    return operations.length === 0 ? [] : [...operations, { type: 'put', key: 'stream-head', value: head.toString() }];
  });
  store.onCommit((changes) => {
    const touched = new Set(changes.filter(isReal).map((change) => change.table.stream?.arn ?? ''));
    for (const arn of touched) for (const listener of listeners.get(arn) ?? []) listener();
  });

  const range = (table: Table): { gt: string; lt: string } => ({ gt: keyOf(table, ''), lt: keyOf(table, '~') });
  return {
    get head() {
      return head.toString();
    },
    after: (table, sequence, limit) => {
      const found = store.entries({ ...range(table), gt: keyOf(table, sequence), limit });
      return found.map(([, value]) => streamRecord.parse(value));
    },
    byService: (itemKey) => expired.add(itemKey),
    listen: (streamArn, listener) => {
      const known = listeners.get(streamArn) ?? new Set();
      listeners.set(streamArn, known.add(listener));
      return () => known.delete(listener);
    },
    trim: async (table, beforeMs) => {
      for (;;) {
        const oldest = store.entries({ ...range(table), limit: trimPage });
        const stale = oldest.filter(([, value]) => createdMs(value) < beforeMs);
        if (stale.length > 0)
          await store.write(
            async (_view, extra) => void extra.push(...stale.map(([key]) => ({ type: 'del' as const, key }))),
          );
        if (stale.length < trimPage) return;
      }
    },
  };
}

function createdMs(stored: unknown): number {
  return streamRecord.parse(stored).dynamodb.ApproximateCreationDateTime * 1000;
}

function isReal(change: ItemChange): boolean {
  return change.table.stream !== undefined && !isSameItem(change.before, change.after);
}

function keyOf(table: Table, sequence: string): string {
  return `stream~${table.name}~${sequence}`;
}

function toRecord(
  { table, before, after }: ItemChange,
  sequence: string,
  nowMs: number,
  region: string,
  isByService: boolean,
): StreamRecord {
  const image = after ?? before ?? {};
  const keys: AttributeMap = Object.fromEntries(
    keyNames(table).flatMap((name) => (image[name] === undefined ? [] : [[name, image[name]]])),
  );
  const view = table.stream?.viewType ?? 'KEYS_ONLY';
  const newImage = view === 'NEW_IMAGE' || view === 'NEW_AND_OLD_IMAGES' ? after : undefined;
  const oldImage = view === 'OLD_IMAGE' || view === 'NEW_AND_OLD_IMAGES' ? before : undefined;
  return {
    eventID: BigInt(sequence).toString(16).padStart(32, '0'),
    eventName: before === undefined ? 'INSERT' : after === undefined ? 'REMOVE' : 'MODIFY',
    eventVersion: '1.1',
    eventSource: 'aws:dynamodb',
    awsRegion: region,
    dynamodb: {
      // Whole seconds, as on AWS.
      ApproximateCreationDateTime: Math.floor(nowMs / 1000),
      Keys: keys,
      ...(newImage === undefined ? {} : { NewImage: newImage }),
      ...(oldImage === undefined ? {} : { OldImage: oldImage }),
      SequenceNumber: sequence,
      SizeBytes: itemBytes(keys) + itemBytes(newImage ?? {}) + itemBytes(oldImage ?? {}),
      StreamViewType: view,
    },
    ...(isByService ? { userIdentity: { PrincipalId: 'dynamodb.amazonaws.com', Type: 'Service' } } : {}),
  };
}
