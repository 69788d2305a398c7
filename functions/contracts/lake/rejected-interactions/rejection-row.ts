import type { InteractionsRejected } from '#contracts/bus/bus-event.ts';
import type { Rejection } from '#contracts/wire/rejection.ts';
import { withoutAddresses } from '#domain/privacy/personal-data.ts';
import type { RejectedInteractionRow } from './rejected-interactions-table.ts';

/** The lake's row of a refused event. */
export function rejectionToRow(
  rejection: Rejection,
  { touchpoint, trust }: Pick<InteractionsRejected, 'touchpoint' | 'trust'>,
): RejectedInteractionRow {
  return {
    rejection_id: rejection.rejectionId,
    received_at: rejection.receivedAt,
    touchpoint,
    trust: trust ?? null,
    reason: rejection.reason,
    path: rejection.path,
    detail: rejection.detail,
    type: rejection.type === null ? null : withoutAddresses(rejection.type),
    message_id: rejection.messageId === null ? null : withoutAddresses(rejection.messageId),
    events: rejection.events,
    payload: rejection.payload,
    payload_part: rejection.payloadPart,
    payload_parts: rejection.payloadParts,
  };
}
