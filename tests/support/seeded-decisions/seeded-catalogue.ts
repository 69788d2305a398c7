import type { CatalogueItem } from '#domain/catalogue/catalogue.ts';
import { saved } from '#support/builders/catalogue-items.ts';
import type { Draws } from './draws.ts';

/** Placements of a seeded catalogue: of several channels, both directions and several limits. */
export const seededPlacements = [
  'web/home-hero',
  'web/footer',
  'app/start-card',
  'email/news',
  'call-centre/desk',
] as const;
const channels = ['web', 'web', 'app', 'email', 'call-centre'] as const;

export const seededBudgets = ['mails', 'minutes', 'money'] as const;

const conditions = [
  'profile.orders == 0',
  'profile.orders >= 1 && profile.sessions > 1',
  'profile.interactions >= 3 || context.vip == true',
  'context.page == "home"',
  'context.basket >= 20 && context.page != "checkout"',
  'in_segment("loyal")',
  '!in_segment("browsing")',
  'profile.traits.plan == "basic" || profile.traits.plan == "plus"',
  'profile.traits.plan in ["basic", "gold"]',
  'has(profile.traits.age) && profile.traits.age < 40',
  'offer.lever >= 1 && context.hour <= 18',
  'context.page.startsWith("ho")',
  'true',
] as const;
const weights = [
  '0.5 + context.mood',
  'context.vip == true ? 2 : 0.8',
  'context.mood * -1',
  'context.nothing',
] as const;
const values = ['context.basket * 100', 'profile.orders * 1500 + 700', 'context.missing * 2'] as const;

/** The items of a catalogue in which every kind of exclusion, arm and outcome can come about. */
export function seededCatalogue(draws: Draws): CatalogueItem[] {
  const offers = 2 + draws.below(14);
  return [
    ...seededPlacements.map((placementId, index) =>
      saved('placements', {
        placementId,
        touchpoint: channels[index],
        channel: channels[index],
        direction: channels[index] === 'email' ? 'outbound' : 'inbound',
        limit: 1 + draws.below(3),
      }),
    ),
    ...['cross-sell', 'service'].map((groupId) => saved('offer-groups', { groupId, ...engagement(draws, 0.1) })),
    saved('segments', { segmentId: 'loyal', rule: 'profile.orders >= 2' }),
    saved('segments', { segmentId: 'browsing', rule: 'profile.interactions >= 4 && profile.orders == 0' }),
    ...seededBudgets.map((budgetId) => saved('budgets', { budgetId })),
    seededStrategy(draws),
    ...seededPolicies(draws),
    ...Array.from({ length: offers }, (_, offer) => seededOffer(draws, offer)).flat(),
  ];
}

function engagement(draws: Draws, share: number): Record<string, string> {
  const questions = draws.some(['eligible', 'applicable', 'suitable'], share);
  return Object.fromEntries(questions.map((question) => [question, draws.pick(conditions)]));
}

function seededStrategy(draws: Draws): CatalogueItem {
  const arbitration = {
    exploration: draws.pick(['thompson', 'thompson', 'thompson', 'mean']),
    usePropensity: !draws.happens(0.1),
    useContext: !draws.happens(0.1),
    useLevers: !draws.happens(0.1),
    usePrices: !draws.happens(0.1),
  };
  return saved('strategies', {
    champion: { name: 'usual', arbitration },
    holdoutShare: 0.08,
    measuringShares: {
      'random-eligible': 0.12,
      'propensity-only': 0.08,
      'no-levers': 0.08,
      'eligibility-only': 0.08,
      'no-treatment': 0.04,
    },
    challengers: [{ name: 'bold', share: 0.2, leverOverrides: { 'o0-t0': 9, 'o1-t0': 0 } }],
  });
}

function seededPolicies(draws: Draws): CatalogueItem[] {
  const caps = draws.some(
    [
      { per: 'total', most: 1 + draws.below(6), windowDays: 7 },
      { per: 'offer', most: 1 + draws.below(2), windowDays: 30 },
      { per: 'channel', name: 'email', most: 1, windowDays: 3 },
      { per: 'group', most: 3, windowDays: 14, directions: ['inbound'] },
      { per: 'treatment', most: 1, windowDays: 2 },
    ],
    0.4,
  );
  const rests = draws.some(
    [
      { after: 'rejected', withinDays: 30, restDays: 60, scope: 'offer' },
      { after: 'ignored', times: 2, withinDays: 30, restDays: 20, scope: 'treatment' },
      { after: 'complained', withinDays: 60, restDays: 90, scope: 'total' },
    ],
    0.5,
  );
  const quietHours = draws.happens(0.3) ? [{ from: '21:00', to: '08:00' }] : [];
  return [
    saved('contact-policies', { policyId: 'fair', caps, rests }),
    saved('contact-policies', { policyId: 'night', caps: [], quietHours, exemptKinds: ['mandatory'] }),
  ];
}

function seededOffer(draws: Draws, offer: number): CatalogueItem[] {
  const offerId = `o${offer}`;
  const currency = draws.pick(['EUR', 'EUR', 'USD']);
  const value = draws.happens(0.2)
    ? { rule: draws.pick(values), currency }
    : { amountMinor: draws.below(9000), currency };
  const item = saved('offers', {
    offerId,
    name: `Offer ${offer}`,
    group: draws.pick(['cross-sell', 'service']),
    value,
    kind: draws.pick(['standard', 'standard', 'standard', 'standard', 'standard', 'transactional', 'mandatory']),
    purpose: draws.pick(['marketing', 'marketing', 'advice']),
    lever: draws.pick([1, 1, 1, 0, 1.5, 3]),
    state: draws.pick(['live', 'live', 'live', 'live', 'live', 'live', 'paused', 'draft']),
    ...draws.pick([{}, {}, { goal: 'click', goalDays: 1 }, { goal: 'conversion' }, { goalDays: 7 }]),
    ...draws.pick([{}, {}, {}, {}, { startsAt: '2026-03-02T12:30:00Z' }, { endsAt: '2026-03-02T11:30:00Z' }]),
    ...engagement(draws, 0.15),
  });
  const treatments = seededPlacements.flatMap((placementId, index) => {
    if (!draws.happens(0.55)) return [];
    return Array.from({ length: draws.pick([1, 1, 2]) }, (_, variant) =>
      saved('treatments', {
        treatmentId: `${offerId}-t${index}${variant === 0 ? '' : `-${variant}`}`,
        offerId,
        channel: channels[index],
        placements: seededPlacements.filter((each, at) => each === placementId || (index < 2 && at < 2)),
        content: { title: `Offer ${offer}`, of: placementId },
        costMinor: draws.pick([0, 0, 20, 300]),
        lever: draws.pick([1, 1, 1, 2]),
        uses: draws.some(seededBudgets, 0.15).map((budgetId) => ({ budgetId, amount: draws.pick([1, 2.5]) })),
        ...(draws.happens(0.2) ? { contextWeight: draws.pick(weights) } : {}),
        ...(draws.happens(0.05) ? { state: 'paused' } : {}),
        ...engagement(draws, 0.1),
      }),
    );
  });
  return [item, ...treatments];
}
