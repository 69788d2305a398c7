import type { ReadInteraction } from '#contracts/wire/read-interaction.ts';
import type { Rejection } from '#contracts/wire/rejection.ts';
import type { Sealer } from '#ports/sealer.ts';

/** A refused event as it came, with what is wrong with it. */
export interface Refused {
  readonly event: unknown;
  readonly result: Extract<ReadInteraction, { kind: 'rejected' }>;
}

/** A sealed event is cut into parts that fit a bus entry. */
const sealedPartBytes = 56 * 1024;

/**
 * Rejections of a request's refused events, each as many parts as its size needs. Events without a message id that have the same
 * fault are told once, with their number: garbage then costs no more than what is valid. All of them are in the payload.
 */
export function sealedRejections(
  refused: readonly Refused[],
  receivedAt: string,
  sealer: Sealer,
  newId: () => string,
): Rejection[] {
  return [...Map.groupBy(refused, likeness).values()].flatMap((alike) =>
    rejectionsOf(alike, receivedAt, sealer, newId()),
  );
}

/** Equal for what is told once. */
function likeness({ result: { fault, type, messageId } }: Refused, index: number): string {
  return JSON.stringify(messageId === null ? [fault.reason, fault.path, fault.detail, type] : index);
}

function rejectionsOf(alike: readonly Refused[], receivedAt: string, sealer: Sealer, rejectionId: string): Rejection[] {
  const [first] = alike;
  if (first === undefined) return [];
  const { fault, type, messageId } = first.result;
  // JSON on one line has no line break in it.
  const sealed = sealer.seal(alike.map(({ event }) => JSON.stringify(event)).join('\n'));
  const payloadParts = Math.ceil(sealed.length / sealedPartBytes);
  return Array.from({ length: payloadParts }, (_, part) => ({
    rejectionId,
    receivedAt,
    ...fault,
    type,
    messageId,
    events: alike.length,
    payload: sealed.slice(part * sealedPartBytes, (part + 1) * sealedPartBytes),
    payloadPart: part + 1,
    payloadParts,
  }));
}
