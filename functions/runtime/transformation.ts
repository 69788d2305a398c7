import * as z from 'zod';
import type { BusEnvelope } from '#contracts/bus/bus-envelope.ts';
import { readRowAgain } from '#contracts/lake/row-again.ts';
import { UnexpectedShapeError } from './errors.ts';
import { logger } from './lambda.ts';
import { readBusEvent } from './read-bus-event.ts';

/** What Firehose asks to have transformed. */
export const TransformationEvent = z.object({
  records: z.array(z.object({ recordId: z.string(), data: z.base64() })),
});

/** Firehose's answer to a record; `data` is base64 of concatenated JSON documents, one per row. */
interface TransformedRecord {
  readonly recordId: string;
  readonly result: 'Ok' | 'ProcessingFailed';
  readonly data: string;
}

/** Unpacks bus events into lake rows; a row that comes again passes as it is. A record that can't be read is marked as failed and kept by Firehose under `errors/`. */
export function transformationHandler(rowsOf: (event: BusEnvelope) => readonly object[]) {
  const documentsIn = (text: string) =>
    readRowAgain(text) ??
    rowsOf(readBusEvent(text))
      .map((row) => JSON.stringify(row))
      .join('\n');
  return async ({ records }: z.output<typeof TransformationEvent>): Promise<{ records: TransformedRecord[] }> => ({
    records: records.map(({ recordId, data }) => {
      try {
        const documents = documentsIn(Buffer.from(data, 'base64').toString('utf8'));
        return { recordId, result: 'Ok', data: Buffer.from(documents).toString('base64') };
      } catch (error) {
        if (!(error instanceof UnexpectedShapeError)) throw error;
        logger.error('A record has no lake rows', { recordId, error });
        return { recordId, result: 'ProcessingFailed', data };
      }
    }),
  });
}
