import { readInteraction } from '#contracts/wire/read-interaction.ts';
import { type CatalogueItem, readCatalogue } from '#domain/catalogue/catalogue.ts';
import { emptyLedger } from '#domain/contact-policy/contact-ledger.ts';
import { type DecisionPlan, decisionPlan } from '#domain/decision/decision-plan.ts';
import { factsOf } from '#domain/decision/facts-of.ts';
import { askModels, noModels } from '#domain/decision/model-propensities.ts';
import { defaultIdentifiers } from '#domain/identity/identifier-catalogue.ts';
import type { Interaction } from '#domain/interaction/interaction.ts';
import { fold, personaMemory } from '#domain/profile/fold.ts';
import type { PersonaState } from '#domain/profile/persona-state.ts';
import { type Random, randomOf } from '#scripts/world/random.ts';
import { seededWorld } from '#scripts/world/seeded-world.ts';

/** One condition of a rule, in the words of each engine. */
export interface Condition {
  readonly cel: string;
  readonly fact: string;
  readonly operator: 'equal' | 'greaterThanInclusive' | 'lessThanInclusive';
  readonly value: string | number;
}

export const placementId = 'web/home-hero';
const endMs = Date.UTC(2026, 0, 1);

/** Conditions of each of some treatments, seeded: nine in ten hold for a usual customer, so that few treatments are out at once. */
export function conditionsOf(treatments: number, each: number): Condition[][] {
  const random = randomOf(7);
  return Array.from({ length: treatments }, () => Array.from({ length: each }, () => condition(random)));
}

function condition(random: Random): Condition {
  const at = (fact: string, operator: Condition['operator'], value: number): Condition => ({
    cel: `${fact} ${operator === 'lessThanInclusive' ? '<=' : '>='} ${value}`,
    fact,
    operator,
    value,
  });
  switch (random.below(6)) {
    case 0:
      return at('profile.interactions', 'greaterThanInclusive', random.below(5));
    case 1:
      return at('profile.sessions', 'greaterThanInclusive', random.below(3));
    case 2:
      return at('profile.orders', 'lessThanInclusive', 50 + random.below(50));
    case 3:
      return at('context.hour', 'lessThanInclusive', 18 + random.below(6));
    case 4:
      return at('context.basket', 'greaterThanInclusive', random.below(40));
    default: {
      const page = random.below(10) === 0 ? 'checkout' : 'home';
      return { cel: `context.page == "${page}"`, fact: 'context.page', operator: 'equal', value: page };
    }
  }
}

/** A catalogue in which each treatment has its conditions, spread over the six questions of its offer and itself. */
export function planOf(conditions: readonly (readonly Condition[])[]): DecisionPlan {
  const random = randomOf(8);
  const items: CatalogueItem[] = [
    { kind: 'placements', item: { placementId, touchpoint: 'web', channel: 'web', direction: 'inbound' } },
    { kind: 'offer-groups', item: { groupId: 'all', name: 'All' } },
    {
      kind: 'contact-policies',
      item: {
        policyId: 'fair',
        caps: [
          { per: 'total', most: 20, windowDays: 7 },
          { per: 'offer', most: 3, windowDays: 30 },
        ],
      },
    },
    { kind: 'strategies', item: { strategyId: 's', name: 'S', placements: 'all', champion: { name: 'c' }, salt: 'x' } },
    ...conditions.flatMap((own, index): CatalogueItem[] => {
      const rule = (part: number) => {
        const texts = own.filter((_, place) => place % 6 === part).map(({ cel }) => cel);
        return texts.length === 0 ? 'true' : texts.join(' && ');
      };
      const value = { amountMinor: 500 + random.below(10_000), currency: 'EUR' };
      const common = { state: 'live', lever: 1 + random.below(10) / 10 };
      return [
        {
          kind: 'offers',
          item: {
            ...common,
            offerId: `o${index}`,
            name: `Offer ${index}`,
            group: 'all',
            value,
            eligible: rule(0),
            applicable: rule(1),
            suitable: rule(2),
          },
        },
        {
          kind: 'treatments',
          item: {
            ...common,
            treatmentId: `t${index}`,
            offerId: `o${index}`,
            channel: 'web',
            placements: [placementId],
            content: { title: `Offer ${index}` },
            costMinor: random.below(20),
            eligible: rule(3),
            applicable: rule(4),
            suitable: rule(5),
          },
        },
      ];
    }),
  ];
  return decisionPlan(readCatalogue(items));
}

/** States of the customers of a seeded world. */
export function customerStates(customers: number): PersonaState[] {
  const arrival = {
    receivedAt: endMs,
    sentAt: undefined,
    place: 0,
    touchpoint: 'web',
    speaksFor: () => true,
    trust: 'server',
    identifiers: defaultIdentifiers,
    newId,
  } as const;
  const events = seededWorld({ seed: 1, customers, days: 90, endMs });
  const interactions = events.flatMap(({ message }): Interaction[] => {
    const read = readInteraction({ type: 'track', ...message }, arrival);
    return read.kind === 'accepted' ? [read.interaction] : [];
  });
  return [...Map.groupBy(interactions, ({ userId }) => userId).values()].map((own) => fold(personaMemory(), own).state);
}

const newId = () => 'made-up';
const models = askModels(noModels);

/** Facts of one decision about a customer. */
export function factsFor(plan: DecisionPlan, state: PersonaState, index: number) {
  const personaId = `persona-${index}`;
  return factsOf({
    decisionId: `019cad2f-0000-7000-8000-${String(index).padStart(12, '0')}`,
    personaId,
    asksPerson: true,
    nowMs: endMs,
    plan,
    customer: { customerId: personaId, states: [state], ledger: emptyLedger([personaId]) },
    budgets: new Map(),
    askModels: models,
    hash: () => 'ffffffffffffffff',
    usualZone: 'UTC',
  });
}

/** The moment of every decision. */
export const context = { hour: 12, basket: 60, page: 'home' };
