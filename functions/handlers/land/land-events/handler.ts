import * as z from 'zod';
import { readText, unpackTexts } from '#adapters/decisions-table/decision-packing.ts';
import { decisionToRows } from '#contracts/lake/decisions/decision-rows.ts';
import { dispositionToRow, unknownDispositionToRow } from '#contracts/lake/dispositions/disposition-rows.ts';
import { identityChangeToRows } from '#contracts/lake/identity-links/identity-row.ts';
import { interactionToRow } from '#contracts/lake/interactions/interaction-row.ts';
import { rejectionToRow } from '#contracts/lake/rejected-interactions/rejection-row.ts';
import { readRowAgain } from '#contracts/lake/row-again.ts';
import { readAccount } from '#domain/decision/read-account.ts';
import { UnexpectedShapeError } from '#runtime/errors.ts';
import { logger, withRuntime } from '#runtime/lambda.ts';
import { readBusEvent } from '#runtime/read-bus-event.ts';

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
  switch (event['detail-type']) {
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
      throw new UnexpectedShapeError(`${event['detail-type']} has no lake rows`);
  }
}

export const handler = withRuntime('land-events', TransformationEvent, makeHandler);
