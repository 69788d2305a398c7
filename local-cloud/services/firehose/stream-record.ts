import * as z from 'zod';

/** A record that waits in a delivery stream. */
export interface StreamRecord {
  readonly recordId: string;
  readonly arrivalMs: number;
  readonly data: Uint8Array;
}

/** A record that could not be delivered, with what Firehose tells of it. */
export interface FailedRecord extends StreamRecord {
  readonly errorCode: string;
  readonly errorMessage: string;
  readonly attempts: number;
}

const journalEntry = z.object({ recordId: z.string(), arrivalMs: z.number(), data: z.base64() });

export const recordToEntry = ({ recordId, arrivalMs, data }: StreamRecord): z.infer<typeof journalEntry> => ({
  recordId,
  arrivalMs,
  data: Buffer.from(data).toString('base64'),
});

export function entryToRecord(entry: unknown): StreamRecord {
  const { recordId, arrivalMs, data } = journalEntry.parse(entry);
  return { recordId, arrivalMs, data: Buffer.from(data, 'base64') };
}
