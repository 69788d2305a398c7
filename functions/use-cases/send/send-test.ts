import type { Catalogue } from '#domain/catalogue/catalogue.ts';
import { addressOf, addressType } from '#domain/channel/address-of.ts';
import { carrierOf } from '#domain/channel/carrier.ts';
import type { ChannelMessage } from '#domain/channel/channel-message.ts';
import type { Unsubscription } from '#domain/channel/unsubscribe-token.ts';
import { renderMessage } from '#domain/message/render-message.ts';
import { customerState } from '#domain/profile/customer-state.ts';
import { ruleProfileOf } from '#domain/rule/rule-profile.ts';
import type { Channels } from '#ports/channel.ts';
import type { Customers } from '#ports/customers.ts';
import { orderMessage } from './order-message.ts';
import { sendBy } from './send-by.ts';

export interface SendTestDeps {
  readonly catalogue: () => Promise<Catalogue>;
  readonly customers: Pick<Customers, 'customer'>;
  readonly channels: Channels;
  readonly unsubscribeUrl: (unsubscription: Unsubscription) => Promise<string>;
  readonly now: () => number;
  readonly newId: () => string;
}

/** What is to be tried. */
export interface TestOrder {
  readonly treatmentId: string;
  readonly personaId: string;
  readonly to?: string | undefined;
  readonly dryRun: boolean;
}

const dayMs = 86_400_000;
/** No decision has this id: what is told of it has no effect. */
const noDecision = '00000000-0000-0000-0000-000000000000';

/**
 * Renders a treatment with a customer's traits and sends it to whoever tries it. No decision is made, so that nothing counts; and the mail's
 * events name no contact, so that nothing is learned of it.
 */
export function sendTest({ catalogue, customers, channels, unsubscribeUrl, now, newId }: SendTestDeps) {
  return async ({ treatmentId, personaId, to, dryRun }: TestOrder) => {
    const { treatments, offers } = await catalogue();
    const treatment = treatments.get(treatmentId);
    const offer = treatment && offers.get(treatment.offerId);
    if (treatment === undefined || offer === undefined)
      return unknown('unknown_item', `There is no treatment ${treatmentId}.`);
    const customer = await customers.customer(personaId);
    if (customer === undefined) return unknown('unknown_customer', 'Nobody is known by this identifier.');

    const profile = ruleProfileOf([customerState(customer.personas.map(({ state }) => state))]);
    const carrier = carrierOf(treatment.channel, treatment.content);
    const trait = addressType(carrier);
    const asked = to === undefined || trait === undefined ? profile.personal : new Map([[trait, to]]);
    const address = addressOf(carrier, asked);
    const nowMs = now();
    const order = await orderMessage(
      {
        messageId: `test-${newId()}`,
        decisionId: noDecision,
        decidedAtMs: nowMs,
        customerId: customer.customerId,
        placementId: treatment.placements[0] ?? '',
        planned: { treatment, offer },
        profile,
        address: address ?? '',
        nowMs,
        validUntilMs: nowMs + dayMs,
      },
      unsubscribeUrl,
    );
    const rendered = renderMessage(order);
    if (rendered.kind === 'faulty') {
      const { missing, faults } = rendered;
      return {
        kind: 'answer',
        answer: { status: 'faulty', carrier, missing: [...missing], faults: [...faults] },
      } as const;
    }
    const message = shownOf(rendered.message);
    if (dryRun) return { kind: 'answer', answer: { status: 'rendered', carrier, message } } as const;
    if (trait !== undefined && address === undefined) return refused(carrier, 'no_address', message);
    const sent = await sendBy(channels, rendered.message);
    switch (sent.kind) {
      case 'sent':
        return { kind: 'answer', answer: { status: 'sent', carrier, providerId: sent.providerId, message } } as const;
      case 'refused':
        return refused(carrier, sent.reason, message);
      case 'later':
        return refused(carrier, 'busy', message);
    }
  };
}

function shownOf({ messageId: _, decisionId: __, customerId: ___, ...shown }: ChannelMessage): Record<string, unknown> {
  return shown;
}

function refused(carrier: ChannelMessage['carrier'], reason: string, message: Record<string, unknown>) {
  return { kind: 'answer', answer: { status: 'refused', carrier, reason, message } } as const;
}

function unknown(code: 'unknown_item' | 'unknown_customer', message: string) {
  return { kind: 'unknown', code, message } as const;
}
