import * as z from 'zod';
import { type BillingRule, chunksOf } from '#local-cloud/metering/usage.ts';

const chunkBytes = 64 * 1024;
// PutEvents charges this much for an entry that carries a time.
const timeBytes = 14;

const busEntry = z.looseObject({
  Source: z.string().default(''),
  DetailType: z.string().default(''),
  Detail: z.string().default(''),
  Resources: z.array(z.string()).default([]),
  Time: z.unknown().optional(),
});
const putEvents = z.looseObject({ Entries: z.array(busEntry) });
const putEventsAnswer = z.looseObject({ Entries: z.array(z.looseObject({ ErrorCode: z.string().optional() })) });

/**
 * EventBridge: each accepted entry counts once per started 64 KB; deliveries to targets in the account are free; what
 * archives keep counts by the byte. Source: EventBridge pricing page, user guide "PutEvents event entry size".
 */
export const eventBridgeBilling: BillingRule = ({ operation, input, output, failure, notes }) => {
  if (operation !== 'PutEvents' || failure !== undefined) return [];
  const results = putEventsAnswer.parse(output).Entries;
  const accepted = putEvents.parse(input).Entries.filter((_, index) => results[index]?.ErrorCode === undefined);
  const chunks = accepted.reduce((sum, entry) => sum + chunksOf(entryBytes(entry), chunkBytes), 0);
  return [
    { unit: 'event-chunks', amount: chunks },
    { unit: 'archived-bytes', amount: notes.archivedBytes },
  ];
};

function entryBytes({ Source, DetailType, Detail, Resources, Time }: z.infer<typeof busEntry>): number {
  const texts = [Source, DetailType, Detail, ...Resources];
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), Time === undefined ? 0 : timeBytes);
}
