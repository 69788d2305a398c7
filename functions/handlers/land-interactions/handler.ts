import * as z from 'zod';
import { readText, unpackTexts } from '#adapters/decisions-table/decision-packing.ts';
import { readAccount } from '#domain/decision/read-account.ts';
import { decisionToRows } from '#domain/lake/decision-rows.ts';
import { dispositionToRow, unknownDispositionToRow } from '#domain/lake/disposition-rows.ts';
import { identityChangeToRows } from '#domain/lake/identity-row.ts';
import { interactionToRow } from '#domain/lake/interaction-row.ts';
import { rejectionToRow } from '#domain/lake/rejection-row.ts';
import { readRowAgain } from '#domain/lake/row-again.ts';
import { readBusEvent } from '#shared/bus-envelope.ts';
import { UnexpectedShapeError } from '#shared/errors.ts';
import { logger, withRuntime } from '#shared/runtime.ts';

const TransformationEvent = z.object({
  records: z.array(z.object({ recordId: z.string(), data: z.base64() })),
});

/** Firehose's answer to a record; `data` is base64 of concatenated JSON documents, one per row. */
interface TransformedRecord {
  readonly recordId: string;
  readonly result: 'Ok' | 'ProcessingFailed';
  readonly data: string;
}

/** Unpacks bus entries into lake rows; a row that comes again passes as it is. A record that can't be read is marked as failed and kept by Firehose under `errors/`. */
export function makeHandler() {
  return async ({ records }: z.output<typeof TransformationEvent>): Promise<{ records: TransformedRecord[] }> => ({
    records: records.map(({ recordId, data }) => {
      try {
        const text = Buffer.from(data, 'base64').toString('utf8');
        const documents =
          readRowAgain(text) ??
          rowsOf(text)
            .map((row) => JSON.stringify(row))
            .join('\n');
        return { recordId, result: 'Ok', data: Buffer.from(documents).toString('base64') };
      } catch (error) {
        if (!(error instanceof UnexpectedShapeError)) throw error;
        logger.error('A record has no lake rows', { recordId, error });
        return { recordId, result: 'ProcessingFailed', data };
      }
    }),
  });
}

function rowsOf(text: string): readonly object[] {
  const event = readBusEvent(text);
  switch (event.type) {
    case 'InteractionsReceived':
      return event.detail.personas.flatMap(({ personaId, interactions }) =>
        interactions.map((interaction) => interactionToRow(interaction, personaId)),
      );
    case 'InteractionsRejected':
      return event.detail.rejections.map((rejection) => rejectionToRow(rejection, event.detail));
    case 'IdentityLinked':
    case 'IdentityMerged':
    case 'IdentityMergeRefused':
    case 'IdentityUnmerged':
      return event.detail.changes.flatMap(identityChangeToRows);
    case 'DecisionMade':
      return event.detail.decisions
        .flatMap(({ record }) => unpackTexts(Buffer.from(record, 'base64')))
        .flatMap((text) => decisionToRows(readText(text, readAccount)));
    case 'DispositionCaptured':
      return [...event.detail.dispositions.map(dispositionToRow), ...event.detail.unknown.map(unknownDispositionToRow)];
    case 'ProfileChanged':
    case 'SegmentEntered':
    case 'SegmentExited':
    case 'SegmentsDue':
      throw new UnexpectedShapeError(`${event.type} has no lake rows`);
  }
}

export const handler = withRuntime('land-interactions', TransformationEvent, makeHandler);
