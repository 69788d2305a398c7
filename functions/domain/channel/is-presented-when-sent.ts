import type { Carrier } from './carrier.ts';

/**
 * Whether a message counts as presented once it is sent, because nothing tells when it is seen: silence is a no after it. An e-mail is
 * presented when it is opened, a call when somebody has spoken, an inbound message when its touchpoint shows it.
 */
export function isPresentedWhenSent(carrier: Carrier): boolean {
  return carrier === 'sms' || carrier === 'push' || carrier === 'webhook';
}
