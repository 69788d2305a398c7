import type { Contact, ContactChoice } from '#domain/campaign/contact.ts';
import type { Settlement } from '#domain/campaign/settled-contact.ts';
import { addressOf, addressType } from '#domain/channel/address-of.ts';
import type { SentMessage } from '#domain/channel/address-record.ts';
import { carrierOf } from '#domain/channel/carrier.ts';
import type { ChannelMessage } from '#domain/channel/channel-message.ts';
import { isPresentedWhenSent } from '#domain/channel/is-presented-when-sent.ts';
import { messageIdOf } from '#domain/channel/message-id.ts';
import type { Unsubscription } from '#domain/channel/unsubscribe-token.ts';
import { consentBlock } from '#domain/consent/consent-block.ts';
import type { ContactPolicy } from '#domain/contact-policy/contact-policy.ts';
import { quietEnd, quietHold } from '#domain/contact-policy/quiet-hours.ts';
import type { DecisionPlan } from '#domain/decision/decision-plan.ts';
import type { PlannedTreatment } from '#domain/decision/planned-treatment.ts';
import { renderMessage } from '#domain/message/render-message.ts';
import { consentsIn } from '#domain/profile/consents.ts';
import { customerState } from '#domain/profile/customer-state.ts';
import type { PersonaState } from '#domain/profile/persona-state.ts';
import { zoneIn } from '#domain/profile/zone.ts';
import { ruleProfileOf } from '#domain/rule/rule-profile.ts';
import type { Channels } from '#ports/channel.ts';
import type { Contacts } from '#ports/contacts.ts';
import type { DecidedCustomer, DecisionReads } from '#ports/decision-reads.ts';
import { type AddressReservationDeps, addressReservations } from './address-reservations.ts';
import { isOutbid } from './is-outbid.ts';
import { mergedTwin } from './merged-twin.ts';
import { orderMessage } from './order-message.ts';
import { sendBy } from './send-by.ts';

export interface MessageSenderDeps extends AddressReservationDeps {
  readonly plan: () => Promise<DecisionPlan>;
  readonly reads: Pick<DecisionReads, 'load'>;
  readonly contacts: Pick<Contacts, 'find'>;
  readonly channels: Channels;
  /** The keyed hash of an address, by the type of identifiers that it is of. */
  readonly hashAddress: (type: string, address: string) => Promise<string>;
  readonly unsubscribeUrl: (unsubscription: Unsubscription) => Promise<string>;
  /** Whether a run may send now: what it answers is no older than 2 seconds. */
  readonly maySend: (runId: string) => Promise<boolean>;
  /** IANA time zone of customers who have not told theirs. */
  readonly usualZone: string;
  /** Told of a provider that failed in the middle of sending. */
  readonly onFault: (fault: unknown) => void;
}

/** What became of a contact. Without a settlement nobody knows: the claim stays, for the provider's own event to settle it. */
export interface Sent {
  readonly settlement?: Settlement;
  /** Whether it counts as presented: nobody else will tell. */
  readonly isPresented: boolean;
}

/** A contact with all that it is sent by. */
interface Ready {
  readonly contact: Contact;
  readonly choice: ContactChoice;
  readonly planned: PlannedTreatment;
  readonly customer: DecidedCustomer;
  readonly policies: readonly ContactPolicy[];
}

const soonMs = 60_000;
/** A message that its provider has put off so often is given up. */
const mostAttempts = 20;

/**
 * Sends the message of a claimed contact. What may have changed since it was decided is asked again: expiry, catalogue, merges, consent, quiet
 * hours, suppression, caps per address, and last the run and the stop switch.
 */
export function messageSender(deps: MessageSenderDeps) {
  const reservations = addressReservations(deps);

  async function send(contact: Contact): Promise<Sent> {
    const { choice } = contact;
    const nowMs = deps.now();
    if (choice === undefined) return to({ state: 'failed', reason: 'no_choice' });
    if (isOver(contact, nowMs)) return to({ state: 'expired' });
    if (contact.attempts > mostAttempts) return to({ state: 'failed', reason: 'given_up' });
    const plan = await deps.plan();
    const planned = plannedFor(plan, choice);
    if (planned === undefined || planned.isPaused) return to({ state: 'excluded', reason: 'paused' });
    const { customer } = await deps.reads.load(contact.customerId, 'latest');
    const twin = await mergedTwin(contact, choice.decisionId, customer.ledger, deps.contacts);
    if (twin === 'gives-way') return to({ state: 'excluded', reason: 'merged' });
    if (twin === 'waits') return to({ state: 'pending', dueAtMs: nowMs + soonMs });
    const policies = [...plan.catalogue.contactPolicies.values()];
    if (isOutbid(choice.decisionId, planned.contact, customer.ledger, policies, nowMs))
      return to({ state: 'excluded', reason: 'outbid' });
    return sendTo({ contact, choice, planned, customer, policies }, nowMs);
  }

  async function sendTo({ contact, choice, planned, customer, policies }: Ready, nowMs: number): Promise<Sent> {
    const { zone, consents, profile } = personOf(customer.states);
    const refused = consentBlock(consents, planned.consent);
    if (refused !== undefined) return to({ state: 'excluded', reason: refused.reason });
    const facts = { policies, ledger: customer.ledger, responses: [], nowMs, zone: zone ?? deps.usualZone };
    if (quietHold(facts, planned.contact) !== undefined) {
      const dueAtMs = quietEnd(policies, planned.contact, facts.zone, nowMs);
      return to(isOver(contact, dueAtMs) ? { state: 'expired' } : { state: 'pending', dueAtMs });
    }

    const carrier = carrierOf(choice.channel, planned.treatment.content);
    const address = addressOf(carrier, profile.personal);
    const type = addressType(carrier);
    if (type !== undefined && address === undefined) return to({ state: 'excluded', reason: 'no_address' });
    const order = await orderMessage(
      {
        messageId: messageIdOf(contact),
        decisionId: choice.decisionId,
        decidedAtMs: customer.ledger.contacts.find(({ decisionId }) => decisionId === choice.decisionId)?.atMs ?? nowMs,
        customerId: contact.customerId,
        placementId: choice.placementId,
        planned,
        profile,
        address: address ?? '',
        nowMs,
        validUntilMs: contact.validUntilMs ?? Number.MAX_SAFE_INTEGER,
      },
      deps.unsubscribeUrl,
    );
    const rendered = renderMessage(order);
    if (rendered.kind === 'faulty') {
      return to({ state: 'failed', reason: rendered.missing.length > 0 ? 'missing_token' : 'faulty_content' });
    }
    const { messageId } = rendered.message;
    const addressKey = type === undefined ? undefined : await deps.hashAddress(type, order.address.toLowerCase());
    if (addressKey !== undefined) {
      const counted: SentMessage = { ...planned.contact, messageId, atMs: nowMs };
      const reserved = await reservations.reserve(addressKey, counted, policies);
      if (reserved !== 'saved') return to({ state: 'excluded', reason: reserved });
    }
    if (!(await deps.maySend(contact.runId))) return to({ state: 'pending', dueAtMs: nowMs });

    return dispatch(rendered.message, addressKey, nowMs);
  }

  async function dispatch(message: ChannelMessage, addressKey: string | undefined, nowMs: number): Promise<Sent> {
    const { carrier, messageId } = message;
    const answer = await sendBy(deps.channels, message).catch((fault: unknown) => ({ kind: 'fault', fault }) as const);
    switch (answer.kind) {
      case 'sent': {
        const { providerId } = answer;
        return { ...to({ state: 'contacted', providerId }), isPresented: isPresentedWhenSent(carrier) };
      }
      case 'later':
        return to({ state: 'pending', dueAtMs: answer.retryAtMs });
      case 'refused':
        if (addressKey !== undefined) await reservations.release(addressKey, messageId);
        return to({ state: 'failed', reason: answer.reason });
      case 'fault':
        deps.onFault(answer.fault);
        // Nobody knows whether it went. What may go twice without effect is sent again.
        return deps.channels[carrier].isIdempotent
          ? to({ state: 'pending', dueAtMs: nowMs + soonMs })
          : { isPresented: false };
    }
  }

  return send;
}

const to = (settlement: Settlement): Sent => ({ settlement, isPresented: false });

const isOver = ({ validUntilMs }: Contact, nowMs: number) => validUntilMs !== undefined && validUntilMs <= nowMs;

function plannedFor({ placements }: DecisionPlan, { placementId, treatmentId }: ContactChoice) {
  return placements.get(placementId)?.treatments.find(({ treatment }) => treatment.treatmentId === treatmentId);
}

function personOf(states: readonly PersonaState[]) {
  const state = customerState(states);
  return { zone: zoneIn(state.zone), consents: consentsIn(state), profile: ruleProfileOf([state]) };
}
