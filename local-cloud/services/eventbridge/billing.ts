import * as z from 'zod';
import { type BillingRule, chunksOf } from '#local-cloud/metering/usage.ts';
import { entryBytes, readEntries } from './put-events.ts';

const chunkBytes = 64 * 1024;

const putEventsAnswer = z.looseObject({ Entries: z.array(z.looseObject({ ErrorCode: z.string().optional() })) });

/**
 * EventBridge: each accepted entry counts once per started 64 KB; deliveries to targets in the account are free; what
 * archives keep counts by the byte. Source: EventBridge pricing page.
 */
export const eventBridgeBilling: BillingRule = ({ operation, input, output, failure, notes }) => {
  if (operation !== 'PutEvents' || failure !== undefined) return [];
  const results = putEventsAnswer.parse(output).Entries;
  const accepted = readEntries(input).filter((_, index) => results[index]?.ErrorCode === undefined);
  const chunks = accepted.reduce((sum, entry) => sum + chunksOf(entryBytes(entry), chunkBytes), 0);
  return [
    { unit: 'event-chunks', amount: chunks },
    { unit: 'archived-bytes', amount: notes.archivedBytes },
  ];
};
