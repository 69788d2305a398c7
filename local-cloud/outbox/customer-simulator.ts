import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { OutboxMessage } from './outbox.ts';
import type { ReaderAct } from './reader-act.ts';

const share = z.number().min(0).max(1);

/** Who answers, and how often: shares of mails. The same seed answers the same mails the same way, in whatever order they are asked about. */
export const simulatedCustomers = z.strictObject({
  seed: z.int().default(1),
  opens: share.default(0.4),
  /** Of those who open. */
  clicks: share.default(0.2),
  /** Gateways that open and follow everything before anybody reads. */
  scanners: share.default(0.05),
  hardBounces: share.default(0.01),
  softBounces: share.default(0.01),
  complaints: share.default(0.002),
});
export type SimulatedCustomers = z.infer<typeof simulatedCustomers>;

/** What becomes of a mail with these customers. */
export function answersTo(
  { providerId, to, subject = '', sentAt }: OutboxMessage,
  customers: SimulatedCustomers,
): ReaderAct[] {
  // The provider's ids are random: what a mail is, and when it went, are not.
  const draw = (what: string) => fraction(`${customers.seed} ${what} ${to} ${subject} ${sentAt}`);
  if (draw('bounce') < customers.hardBounces) return [{ providerId, act: 'Bounce', bounceType: 'Permanent' }];
  if (draw('soft') < customers.softBounces) return [{ providerId, act: 'Bounce', bounceType: 'Transient' }];
  const acts: ReaderAct[] = [];
  if (draw('scanner') < customers.scanners) {
    acts.push({ providerId, act: 'Open', userAgent: scanner }, { providerId, act: 'Click', userAgent: scanner });
  }
  if (draw('open') < customers.opens) {
    acts.push({ providerId, act: 'Open' });
    if (draw('click') < customers.clicks) acts.push({ providerId, act: 'Click' });
  }
  if (draw('complaint') < customers.complaints) acts.push({ providerId, act: 'Complaint' });
  return acts;
}

const scanner = 'Barracuda Sentinel (EE)';

function fraction(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE() / 2 ** 32;
}
