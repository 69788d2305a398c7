import type { OfferKind } from '#domain/offer/offer.ts';
import type { Direction } from '#domain/placement/channel.ts';
import type { Consent } from '#domain/profile/consents.ts';

/** Why consent forbids a treatment, in words that can be read out. */
export interface ConsentBlock {
  readonly reason: 'no_consent' | 'consent_refused';
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

/**
 * Why a treatment may not be presented, or undefined when it may. Consents are by `purpose` or `purpose:channel`. No consent on
 * record is a no for outbound; inbound, where the customer came by themselves, takes a refusal to forbid. Transactional and
 * mandatory offers need none: they answer an order or a duty, not a wish to advertise.
 */
export function consentBlock(
  consents: ReadonlyMap<string, Consent>,
  { purpose, channel, direction, kind }: ConsentQuestion,
): ConsentBlock | undefined {
  if (kind !== 'standard') return undefined;
  const granted = isGranted(consents.get(purpose), consents.get(`${purpose}:${channel}`));
  if (granted === true || (granted === undefined && direction === 'inbound')) return undefined;
  const what = `${purpose} by ${channel}`;
  return granted === false
    ? { reason: 'consent_refused', detail: `The customer has said no to ${what}.` }
    : { reason: 'no_consent', detail: `The customer has not agreed to ${what}.` };
}

/**
 * A no to one channel is undone only by a yes to that channel, for a general yes does not name it; between a general no and a
 * yes to the channel the later one counts, the no when they are of one moment.
 */
function isGranted(general: Consent | undefined, ofChannel: Consent | undefined): boolean | undefined {
  if (ofChannel === undefined) return general?.granted;
  if (general === undefined || general.granted || !ofChannel.granted) return ofChannel.granted;
  return ofChannel.at > general.at;
}
