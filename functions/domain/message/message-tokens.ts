import type { Offer } from '#domain/offer/offer.ts';
import type { JsonObject } from '#domain/text/json-object.ts';

/** What a template may name. */
export interface MessageTokens {
  /** The customer's traits by name, as far as the channel may see them. */
  readonly customer: JsonObject;
  readonly offer: {
    readonly id: string;
    readonly name: string;
    readonly group: string;
    readonly currency: string;
    readonly amountMinor?: number;
  };
  readonly treatment: { readonly id: string };
  /** The decision, and when it was made, ISO 8601. */
  readonly decision: { readonly id: string; readonly at: string };
  readonly links: { readonly unsubscribe?: string };
}

/** Whom and what a message is about. */
export interface MessageSubject {
  readonly traits: ReadonlyMap<string, unknown>;
  readonly personal: ReadonlyMap<string, unknown>;
  readonly offer: Pick<Offer, 'offerId' | 'name' | 'group' | 'value'>;
  readonly treatmentId: string;
  readonly decisionId: string;
  readonly decidedAtMs: number;
  readonly unsubscribeUrl?: string | undefined;
}

/**
 * The tokens of a message. Personal traits are for the customer and the firm's own people; what leaves for somebody else's system
 * (`leavesFirm`) goes without them, as the lake does.
 */
export function messageTokens(subject: MessageSubject, leavesFirm: boolean): MessageTokens {
  const { traits, personal, offer, treatmentId, decisionId, decidedAtMs, unsubscribeUrl } = subject;
  const { offerId, name, group, value } = offer;
  return {
    // fromEntries makes own properties, whatever their names.
    customer: Object.fromEntries(leavesFirm ? traits : [...traits, ...personal]),
    offer: {
      id: offerId,
      name,
      group,
      currency: value.currency,
      ...('amountMinor' in value ? { amountMinor: value.amountMinor } : {}),
    },
    treatment: { id: treatmentId },
    decision: { id: decisionId, at: new Date(decidedAtMs).toISOString() },
    links: unsubscribeUrl === undefined ? {} : { unsubscribe: unsubscribeUrl },
  };
}
