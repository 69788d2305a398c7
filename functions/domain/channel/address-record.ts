import * as z from 'zod';
import { dayMs } from '#domain/calendar/days.ts';
import { Direction } from '#domain/vocabulary/channel.ts';
import { OfferKind } from '#domain/vocabulary/offer-kind.ts';

/** A message that went to an address, or is on its way: what caps per address count. */
export const SentMessage = z.object({
  messageId: z.string(),
  atMs: z.number(),
  treatmentId: z.string(),
  offerId: z.string(),
  group: z.string(),
  channel: z.string(),
  direction: Direction,
  kind: OfferKind,
});
export type SentMessage = z.infer<typeof SentMessage>;

/** What is not sent to an address: advertisements only, so that an order's confirmation still goes, or all. */
export const SuppressionScope = z.enum(['promotional', 'all']);
export type SuppressionScope = z.infer<typeof SuppressionScope>;

/** What is known of an address, whoever's it is: two customers may have one. */
export const AddressRecord = z.object({
  suppressions: z.partialRecord(
    SuppressionScope,
    z.object({ reason: z.enum(['bounced', 'complained']), atMs: z.number() }),
  ),
  /** When mail came back though the address may work, each time once, by the id of what told it. */
  softBounces: z.record(z.string(), z.number()),
  sent: z.array(SentMessage),
});
export type AddressRecord = z.infer<typeof AddressRecord>;

export const unknownAddress: AddressRecord = { suppressions: {}, softBounces: {}, sent: [] };

/** Three soft bounces within two weeks are as good as a hard one for whoever advertises. */
const softBounces = { most: 3, windowMs: 14 * dayMs };
/** No cap looks further back, and none counts more: see `ContactCap`. */
const kept = { messages: 1000, windowMs: 367 * dayMs };

/** What a provider says came back from an address. */
export interface Returned {
  readonly kind: 'hard-bounce' | 'soft-bounce' | 'complaint';
  readonly eventId: string;
  readonly atMs: number;
}

/** The record once mail came back. Told again it stays as it is. */
export function withReturned(record: AddressRecord, { kind, eventId, atMs }: Returned): AddressRecord {
  switch (kind) {
    case 'hard-bounce':
      return withSuppression(record, 'all', 'bounced', atMs);
    case 'complaint':
      return withSuppression(record, 'promotional', 'complained', atMs);
    case 'soft-bounce': {
      const times = Object.entries({ ...record.softBounces, [eventId]: atMs });
      const latestMs = Math.max(...times.map(([, at]) => at));
      const recent = times.filter(([, at]) => at > latestMs - softBounces.windowMs);
      const counted = { ...record, softBounces: Object.fromEntries(recent) };
      return recent.length < softBounces.most ? counted : withSuppression(counted, 'promotional', 'bounced', atMs);
    }
  }
}

function withSuppression(
  record: AddressRecord,
  scope: SuppressionScope,
  reason: 'bounced' | 'complained',
  atMs: number,
): AddressRecord {
  const before = record.suppressions[scope];
  if (before !== undefined) return record;
  return { ...record, suppressions: { ...record.suppressions, [scope]: { reason, atMs } } };
}

/** Whether a message is not sent to the address. */
export function isSuppressed({ suppressions }: AddressRecord, isPromotional: boolean): boolean {
  return suppressions.all !== undefined || (isPromotional && suppressions.promotional !== undefined);
}

/** The record with a message on its way; one that is tried again counts once. */
export function withSent(record: AddressRecord, message: SentMessage): AddressRecord {
  const others = withoutSent(record, message.messageId).sent.filter(({ atMs }) => atMs > message.atMs - kept.windowMs);
  return { ...record, sent: [...others, message].sort((a, b) => a.atMs - b.atMs).slice(-kept.messages) };
}

/** The record without a message that did not go after all. */
export function withoutSent(record: AddressRecord, messageId: string): AddressRecord {
  return { ...record, sent: record.sent.filter((each) => each.messageId !== messageId) };
}
