import type { Consent } from '#domain/consent/consent-registers.ts';
import type { Contact, ContactLedger } from '#domain/contact-policy/contact-ledger.ts';
import { inOrder } from '#domain/contact-policy/contact-ledger.ts';
import type { Interaction } from '#domain/interaction/interaction.ts';
import { fold, personaMemory } from '#domain/profile/fold.ts';
import type { PersonaState } from '#domain/profile/persona-state.ts';
import { dispositionEvent } from '#domain/vocabulary/disposition-event.ts';
import { contact } from '#support/builders/contact.ts';
import { interaction, purchase } from '#support/builders/interaction.ts';
import type { Draws } from './draws.ts';
import { seededPlacements } from './seeded-catalogue.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** What is stored of a customer who may be decided for. */
export interface SeededCustomer {
  readonly personaId: string;
  readonly states: readonly PersonaState[];
  readonly ledger: ContactLedger;
  readonly consents: ReadonlyMap<string, Consent>;
}

/** A customer with a history before a moment; of one in ten nothing is known. */
export function seededCustomer(draws: Draws, personaId: string, nowMs: number): SeededCustomer {
  const interactions = draws.happens(0.1)
    ? []
    : Array.from({ length: 1 + draws.below(12) }, (_, index) =>
        seededInteraction(draws, `${personaId}-${index}`, nowMs),
      );
  const granted = draws.some(['marketing', 'advice', 'marketing:email', '*:web', '*:email', '*', 'address:email'], 0.3);
  return {
    personaId,
    states: interactions.length === 0 ? [] : [fold(personaMemory(), interactions).state],
    ledger: { personas: [personaId], contacts: seededContacts(draws, personaId, nowMs), exposures: [] },
    consents: new Map(granted.map((category) => [category, { granted: !draws.happens(0.2), at: nowMs - dayMs }])),
  };
}

function seededInteraction(draws: Draws, messageId: string, nowMs: number): Interaction {
  const atMs = nowMs - Math.floor(draws.between(0.5, 80) * dayMs);
  const occurredAt = new Date(atMs).toISOString();
  const common = { messageId, occurredAt, receivedAt: occurredAt, touchpoint: draws.pick(['web', 'app', 'email']) };
  switch (draws.below(5)) {
    case 0:
      return purchase(messageId, draws.below(200), common);
    case 1:
      return interaction({ ...common, properties: { category: draws.pick(['shoes', 'hats', 'tea']) } });
    case 2:
      return interaction({
        ...common,
        type: 'identify',
        event: undefined,
        traits: { plan: draws.pick(['basic', 'plus', 'gold']), age: 20 + draws.below(50) },
      });
    case 3:
      return interaction({ ...common, event: dispositionEvent, properties: seededResponse(draws) });
    default:
      return interaction({ ...common, event: draws.pick(['Cart Viewed', 'Products Searched', 'Product Viewed']) });
  }
}

function seededResponse(draws: Draws) {
  const { treatmentId, offerId, channel, group } = seededPresentation(draws);
  const disposition = draws.pick([
    'presented',
    'clicked',
    'accepted',
    'rejected',
    'ignored',
    'complained',
    'converted',
  ]);
  return { disposition, treatment_id: treatmentId, offer_id: offerId, offer_group: group, channel };
}

function seededContacts(draws: Draws, personaId: string, nowMs: number): Contact[] {
  const times = Array.from({ length: draws.below(5) }, () => nowMs - Math.floor(draws.between(0.01, 12) * dayMs));
  return inOrder(
    times.map((atMs) => contact({ ...seededPresentation(draws), atMs, personaId, decisionId: `d${atMs}` })),
  );
}

function seededPresentation(draws: Draws) {
  const offer = draws.below(8);
  const place = draws.below(seededPlacements.length);
  const channel = (seededPlacements[place] ?? 'web/home-hero').split('/', 1)[0] ?? 'web';
  return {
    treatmentId: `o${offer}-t${place}`,
    offerId: `o${offer}`,
    group: draws.pick(['cross-sell', 'service']),
    channel,
    direction: channel === 'email' ? ('outbound' as const) : ('inbound' as const),
  };
}
