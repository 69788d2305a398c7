import type { Direction } from '#domain/vocabulary/channel.ts';
import type { OfferKind } from '#domain/vocabulary/offer-kind.ts';
import type { Consent } from './consent-registers.ts';
import { isLater } from './moment.ts';

/** Why consent forbids a treatment, in words that can be read out. */
export interface ConsentBlock {
  readonly reason: 'no_consent' | 'consent_refused' | 'address_bounced';
  readonly detail: string;
}

/** What is asked of a customer's consents. */
export interface ConsentQuestion {
  /** Consent category of the offer, as in Segment's `categoryPreferences`. */
  readonly purpose: string;
  readonly channel: string;
  readonly direction: Direction;
  readonly kind: OfferKind;
}

type Consents = ReadonlyMap<string, Consent>;

/**
 * Why a treatment may not be presented, or undefined when it may. Consents are by `purpose`, `purpose:channel` or, for every purpose,
 * `*:channel`. No consent on record is a no for outbound; inbound, where the customer came by themselves, takes a refusal to forbid.
 * Transactional and mandatory offers need none: they answer an order or a duty, not a wish to advertise. Nothing goes out to an
 * address from which mail came back.
 */
export function consentBlock(
  consents: Consents,
  { purpose, channel, direction, kind }: ConsentQuestion,
): ConsentBlock | undefined {
  if (direction === 'outbound' && hasBounced(consents, purpose, channel)) {
    return { reason: 'address_bounced', detail: `What was sent to the customer by ${channel} came back.` };
  }
  if (kind !== 'standard') return undefined;
  const granted = isGranted(consents, purpose, channel);
  if (granted === true || (granted === undefined && direction === 'inbound')) return undefined;
  const what = `${purpose} by ${channel}`;
  return granted === false
    ? { reason: 'consent_refused', detail: `The customer has said no to ${what}.` }
    : { reason: 'no_consent', detail: `The customer has not agreed to ${what}.` };
}

/**
 * A no is undone only by a later yes that names at least as much: a no to one channel by a yes to that channel, for a general yes does
 * not name it; a general no by a later yes to the channel, which stands while the no is not said again.
 */
function isGranted(consents: Consents, purpose: string, channel: string): boolean | undefined {
  const exact = consents.get(`${purpose}:${channel}`);
  if (exact?.granted === false) return false;
  const [ofPurpose, ofChannel, ofAll] = [purpose, `*:${channel}`, '*'].map((category) => consents.get(category));
  if (isRefused(ofPurpose, [exact]) || isRefused(ofChannel, [exact])) return false;
  if (isRefused(ofAll, [exact, ofPurpose, ofChannel])) return false;
  return [exact, ofPurpose, ofChannel, ofAll].some((consent) => consent?.granted === true) ? true : undefined;
}

function hasBounced(consents: Consents, purpose: string, channel: string): boolean {
  const yeses = [`${purpose}:${channel}`, `*:${channel}`].map((category) => consents.get(category));
  return isRefused(consents.get(`address:${channel}`), yeses);
}

/** Whether a consent is a no after which no yes of narrower categories came. */
function isRefused(consent: Consent | undefined, narrower: readonly (Consent | undefined)[]): boolean {
  if (consent === undefined || consent.granted) return false;
  const { said: no } = consent;
  return !narrower.some(
    (yes) => yes?.granted === true && yes.said !== undefined && no !== undefined && isLater(yes.said, no),
  );
}
