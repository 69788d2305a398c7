import * as z from 'zod';
import { instant, integer, text, textOrNull } from '#contracts/lake/column.ts';
import { lands } from '#contracts/lake/landed-event.ts';
import type { LakeTableDefinition } from '#contracts/lake/table.ts';
import { rejectionToRow } from './rejection-row.ts';

/** A row of the lake's `rejected_interactions`: an event that could be read but was not valid, several alike of one request, or a part of a large one. */
export const RejectedInteractionRow = z.object({
  rejection_id: text('Id of the rejection; parts of one event share it'),
  received_at: instant('When the event arrived, UTC'),
  touchpoint: text('Touchpoint whose credential sent it'),
  trust: textOrNull(
    'Trust of the credential that told it, public or server: recovered, it is no more than that; null before',
  ),
  reason: text('Reason code, for example missing_identity, invalid_timestamp, event_too_large'),
  path: text('Where in the event the fault is, for example properties.revenue; empty for the whole event'),
  detail: text('What was expected and what arrived, without the value'),
  type: textOrNull('Call of the Segment spec, when it could be read'),
  message_id: textOrNull('Message id, when it could be read'),
  events: integer('Number of events: those of one request without a message id and with the same fault are told once'),
  payload: text('The events as they came, one JSON a line, compressed and sealed; npm run recover opens them'),
  payload_part: integer('Number of this part, from 1'),
  payload_parts: integer('Number of parts the sealed event is cut into'),
});
export type RejectedInteractionRow = z.infer<typeof RejectedInteractionRow>;

/** Table `rejected_interactions`. */
export const rejectedInteractionsTable: LakeTableDefinition = {
  name: 'rejected_interactions',
  description: 'Events that were read but refused, with the reason and the sealed original, by arrival date (dt).',
  columns: RejectedInteractionRow,
  kept: 90,
  events: [
    lands('InteractionsRejected', ({ detail }) =>
      detail.rejections.map((rejection) => rejectionToRow(rejection, detail)),
    ),
  ],
};
