import { describe, expect, test } from 'vitest';
import { emptyLedger } from '#domain/contact-policy/contact-ledger.ts';
import { encodeDecision } from '#domain/decision/encode-decision.ts';
import { wholeDecision } from '#domain/decision/whole-decision.ts';
import { withProbabilities } from '#domain/decision/with-probabilities.ts';
import { saved } from '#support/builders/catalogue-items.ts';
import { contact } from '#support/builders/contact.ts';
import { decisionFacts, decisionTime, offersNamed, outcomes, propensities } from '#support/builders/decision.ts';

const hero = saved('placements', { limit: 1 });
const group = saved('offer-groups');
const strategy = saved('strategies');

describe('policies, in their order', () => {
  const one = (offer: object, treatment: object = {}, more: ReturnType<typeof saved>[] = []) => [
    hero,
    group,
    strategy,
    saved('offers', { ...offer }),
    saved('treatments', { ...treatment }),
    ...more,
  ];
  const reasonOf = (...args: Parameters<typeof one>) => outcomes(decisionFacts(one(...args))).reasons['tv-hero'];

  test.each([
    ['paused', { state: 'paused' }],
    ['not_started', { startsAt: '2026-03-02T12:00:00.001Z' }],
    ['ended', { endsAt: '2026-03-02T12:00:00.000Z' }],
    ['shown', { startsAt: '2026-03-02T12:00:00.000Z', endsAt: '2026-03-02T12:00:00.001Z' }],
    ['not_eligible', { eligible: 'profile.orders > 0', applicable: 'profile.orders > 0' }],
    ['not_applicable', { applicable: 'profile.orders > 0', suitable: 'profile.orders > 0' }],
    ['not_suitable', { eligible: 'profile.orders == 0', suitable: 'profile.orders > 0' }],
  ])('gives %s for an offer with %j', (reason, offer) => {
    expect(reasonOf(offer)).toBe(reason);
  });

  test('lets drafts take no part', () => {
    expect(outcomes(decisionFacts(one({ state: 'draft' }))).reasons).toEqual({});
    expect(outcomes(decisionFacts(one({}, { state: 'draft' }))).reasons).toEqual({});
  });

  test('asks rules of the group, the offer and the treatment, and tells whose rule said no', () => {
    const no = 'context.lucky == true';
    const excluded = (items: ReturnType<typeof saved>[]) =>
      outcomes(decisionFacts(items)).candidate('tv-hero')?.excluded;
    const grouped = [hero, strategy, saved('offer-groups', { suitable: no }), saved('offers'), saved('treatments')];
    expect(excluded(grouped)).toEqual({ reason: 'not_suitable', of: 'group', rule: no });
    expect(excluded(one({ eligible: no }))).toEqual({ reason: 'not_eligible', of: 'offer', rule: no });
    expect(excluded(one({}, { eligible: no }))).toEqual({ reason: 'not_eligible', of: 'treatment', rule: no });
    expect(outcomes(decisionFacts(grouped), { context: { lucky: true } }).shown).toEqual(['tv-hero']);
  });

  const outbound = saved('placements', {
    placementId: 'email/news',
    channel: 'email',
    touchpoint: 'email',
    direction: 'outbound',
  });
  const mail = { placements: ['email/news'], channel: 'email' };

  test('takes no consent on record for a no outbound and for no hindrance inbound, and a refusal for a no on both', () => {
    const asked = (consents: [string, boolean][], placementId: string) => {
      const items = [...one({}, { placements: ['web/home-hero', 'email/news'] }), outbound];
      const facts = decisionFacts(items, {
        consents: new Map(consents.map(([name, granted]) => [name, { granted, at: 0 }])),
      });
      return outcomes(facts, { placements: [placementId] }).reasons['tv-hero'];
    };
    expect(asked([], 'email/news')).toBe('no_consent');
    expect(asked([], 'web/home-hero')).toBe('shown');
    expect(asked([['marketing', true]], 'email/news')).toBe('shown');
    expect(asked([['marketing', false]], 'web/home-hero')).toBe('consent_refused');
  });

  test('lets transactional and mandatory offers pass consent and contact policy', () => {
    const cap = saved('contact-policies', { caps: [{ per: 'total', most: 0, windowDays: 7 }] });
    const kinds = ['standard', 'transactional', 'mandatory'].map((kind) => {
      const items = [...one({ kind }, mail, [cap]), outbound];
      return outcomes(decisionFacts(items), { placements: ['email/news'] }).reasons['tv-hero'];
    });
    expect(kinds).toEqual(['no_consent', 'shown', 'shown']);
  });

  test('holds back by contact policy with the policy, the words and the time of the next chance', () => {
    const cap = saved('contact-policies', { caps: [{ per: 'total', most: 1, windowDays: 7 }] });
    const ledger = {
      ...emptyLedger(['persona-1']),
      contacts: [contact({ atMs: decisionTime - 86_400_000, personaId: 'persona-1' })],
    };
    const { candidate } = outcomes(
      decisionFacts(one({}, {}, [cap]), { contacts: { ledger, responses: [], zone: 'Europe/Berlin' } }),
    );
    expect(candidate('tv-hero')?.excluded).toEqual({
      reason: 'contact_cap',
      policyId: 'week',
      detail: 'Had 1 of 1 contacts in the last 7 days; next possible on 8 March 2026 at 13:00.',
      untilMs: decisionTime + 6 * 86_400_000,
    });
  });

  test('spends no budget that is used up or unknown', () => {
    const uses = { uses: [{ budgetId: 'mails', amount: 2 }] };
    const reason = (available: number | undefined) =>
      outcomes(
        decisionFacts(one({}, uses), {
          budgets: new Map(available === undefined ? [] : [['mails', { left: available, price: 0 }]]),
        }),
      ).reasons['tv-hero'];
    expect([undefined, 1.9, 2].map(reason)).toEqual(['budget_unknown', 'budget_exhausted', 'shown']);
  });

  test('leaves out what it cannot value', () => {
    expect(reasonOf({ value: { rule: 'context.price * 2', currency: 'EUR' } })).toBe('value_unknown');
  });
});

describe('score', () => {
  test('is P · C · V · L − cost − Σ λ·a, in minor units', () => {
    const items = [
      hero,
      group,
      strategy,
      saved('offers', { value: { rule: 'context.basket * 100', currency: 'EUR' }, lever: 1.5 }),
      saved('treatments', {
        costMinor: 30,
        lever: 2,
        contextWeight: '0.5 + context.mood',
        uses: [{ budgetId: 'mails', amount: 2 }],
      }),
    ];
    const { candidate } = outcomes(decisionFacts(items, { budgets: new Map([['mails', { left: 9, price: 7 }]]) }), {
      context: { basket: 40, mood: 0.25 },
    });
    expect(candidate('tv-hero')?.outcome?.score).toBeCloseTo(0.5 * 0.75 * 4000 * 3 - 30 - 7 * 2, 9);
    expect(candidate('tv-hero')?.weighing).toEqual({
      posterior: { mean: 0, variance: 0 },
      propensity: 0.5,
      context: 0.75,
      valueMinor: 4000,
      currency: 'EUR',
      lever: 3,
      costMinor: 30,
      uses: [{ budgetId: 'mails', amount: 2, price: 7 }],
    });
  });

  test('stays a number whatever a touchpoint says of the moment, and so does its record', () => {
    const items = [
      hero,
      group,
      strategy,
      saved('offers', { value: { rule: 'context.basket', currency: 'EUR' }, lever: 1000 }),
      saved('treatments', { contextWeight: 'context.mood', lever: 1000 }),
    ];
    const facts = decisionFacts(items);
    const huge = outcomes(facts, { context: { basket: 1e308, mood: 1e308 } });
    expect(huge.candidate('tv-hero')?.outcome?.score).toBe(0.5 * 1e10 * 1e3 * 1e6);
    expect(wholeDecision(encodeDecision(huge.decision)).placements[0]?.candidates).toHaveLength(1);
    expect(outcomes(facts, { context: { basket: -1e308, mood: 1e308 } }).reasons).toEqual({ 'tv-hero': 'below_zero' });
  });

  test('of nothing in every part reads back from its record', () => {
    const items = [...offersNamed(['tv'], { value: { amountMinor: 0, currency: 'EUR' } })];
    const { decision, candidate } = outcomes(decisionFacts(items));
    expect(candidate('tv-hero')?.outcome).toMatchObject({ score: 0, rank: 1 });
    const [again] = wholeDecision(encodeDecision(decision)).placements[0]?.candidates ?? [];
    expect(again).toMatchObject({ weighing: candidate('tv-hero')?.weighing, outcome: { score: 0, rank: 1 } });
  });

  test('lets a weight of the moment below zero take a gain away, and never turns it into a loss', () => {
    const items = [hero, group, strategy, saved('offers'), saved('treatments', { contextWeight: 'context.mood' })];
    const weighed = [-1, -0.25, 0, 0.25].map((mood) => outcomes(decisionFacts(items), { context: { mood } }));
    const numbers = weighed.map(({ candidate }) => {
      const { weighing, outcome } = candidate('tv-hero') ?? {};
      return [weighing?.context, outcome?.score];
    });
    expect(numbers).toEqual([
      [0, 0],
      [0, 0],
      [0, 0],
      [0.25, 500],
    ]);
  });

  test('below zero is not made: nothing is an answer', () => {
    const items = [hero, group, strategy, saved('offers'), saved('treatments', { costMinor: 2001 })];
    const { shown, reasons } = outcomes(decisionFacts(items));
    expect([shown, reasons]).toEqual([[], { 'tv-hero': 'below_zero' }]);
  });

  test('lets a mandatory offer go before better ones, below zero too', () => {
    const items = [
      ...offersNamed(['rich']),
      saved('offers', { offerId: 'recall', kind: 'mandatory', value: { amountMinor: 0, currency: 'EUR' } }),
      saved('treatments', { treatmentId: 'recall-hero', offerId: 'recall', costMinor: 100 }),
    ];
    const { shown, reasons } = outcomes(decisionFacts(items));
    expect([shown, reasons['rich-hero']]).toEqual([['recall-hero'], 'outranked']);
  });
});

describe('several placements', () => {
  const second = saved('placements', { placementId: 'web/footer', limit: 2 });
  const both = ['web/home-hero', 'web/footer'];
  const items = (more: ReturnType<typeof saved>[] = []) => [
    hero,
    second,
    group,
    strategy,
    ...['a', 'b'].flatMap((name, index) => [
      saved('offers', { offerId: name, value: { amountMinor: 5000 - 1000 * index, currency: 'EUR' } }),
      saved('treatments', { treatmentId: `${name}-1`, offerId: name, placements: both }),
      saved('treatments', { treatmentId: `${name}-2`, offerId: name, placements: both }),
    ]),
    ...more,
  ];

  test('never show the same offer twice, in one placement or two', () => {
    const { decision } = outcomes(decisionFacts(items()), { placements: both });
    const offers = decision.placements.map(({ candidates }) =>
      candidates.flatMap(({ offerId, outcome }) => (outcome?.rank === undefined ? [] : [offerId])),
    );
    expect(offers).toEqual([['a'], ['b']]);
  });

  test('count together in contact policies and budgets', () => {
    const cap = saved('contact-policies', { caps: [{ per: 'total', most: 1, windowDays: 7 }] });
    const capped = outcomes(decisionFacts(items([cap])), { placements: both });
    expect(capped.shown).toHaveLength(1);
    expect(capped.decision.placements[1]?.candidates.find(({ offerId }) => offerId === 'b')?.withheld).toMatchObject({
      reason: 'contact_cap',
      policyId: 'week',
    });
  });

  test('take of a budget no more than was left, however many take of it', () => {
    const uses = [{ budgetId: 'mails', amount: 1 }];
    const many = ['a', 'b', 'c', 'd'].flatMap((name) => [
      saved('offers', { offerId: name }),
      saved('treatments', { treatmentId: name, offerId: name, placements: both, uses }),
    ]);
    const frame = [saved('placements', { limit: 2 }), second, group, strategy];
    const shownOf = (left: number) => {
      const facts = decisionFacts([...frame, ...many], { budgets: new Map([['mails', { left, price: 0 }]]) });
      return outcomes(facts, { placements: both }).shown.length;
    };
    expect([0.9, 1, 2, 3, 4].map(shownOf)).toEqual([0, 1, 2, 3, 4]);
  });

  test('are asked once when named twice, and left out when nobody knows them', () => {
    const { decision } = outcomes(decisionFacts(items()), { placements: ['web/footer', 'web/nowhere', 'web/footer'] });
    expect(decision.placements.map(({ placementId }) => placementId)).toEqual(['web/footer']);
  });
});

describe('arms', () => {
  const shares = {
    'random-eligible': 0.1,
    'propensity-only': 0.1,
    'no-levers': 0.1,
    'eligibility-only': 0.1,
    'no-treatment': 0.1,
  };
  const items = [
    hero,
    group,
    saved('strategies', {
      holdoutShare: 0.1,
      measuringShares: shares,
      challengers: [{ name: 'bold', share: 0.2, leverOverrides: { 'likely-hero': 100 } }],
    }),
    // By the full formula `pushed` wins, without levers `rich`, by propensity `likely`.
    saved('offers', { offerId: 'likely', value: { amountMinor: 1000, currency: 'EUR' }, suitable: 'true' }),
    saved('treatments', { treatmentId: 'likely-hero', offerId: 'likely' }),
    saved('offers', { offerId: 'rich', value: { amountMinor: 4000, currency: 'EUR' } }),
    saved('treatments', { treatmentId: 'rich-hero', offerId: 'rich' }),
    saved('offers', { offerId: 'pushed', value: { amountMinor: 3000, currency: 'EUR' }, lever: 2 }),
    saved('treatments', { treatmentId: 'pushed-hero', offerId: 'pushed' }),
    saved('offers', { offerId: 'odd', value: { amountMinor: 90_000, currency: 'EUR' }, suitable: 'false' }),
    saved('treatments', { treatmentId: 'odd-hero', offerId: 'odd' }),
  ];
  const at = (fraction: number) =>
    outcomes(
      decisionFacts(items, {
        fractionOf: () => fraction,
        propensities: () => propensities({ 'likely-hero': { mean: 1, variance: 0 } }),
      }),
    );

  test.each([
    [0.05, 'holdout', []],
    [0.25, 'propensity-only', ['likely-hero']],
    [0.35, 'no-levers', ['rich-hero']],
    [0.45, 'eligibility-only', ['odd-hero']],
    [0.55, 'no-treatment', []],
    [0.65, 'bold', ['likely-hero']],
    [0.85, 'champion', ['pushed-hero']],
  ])('a customer at %f is in %s', (fraction, arm, shown) => {
    const { decision, shown: seen } = at(fraction);
    expect([decision.placements[0]?.arm, seen]).toEqual([arm, shown]);
  });

  test('random-eligible picks by lot among what passed every policy, each offer as often as another', () => {
    const counts = new Map<string, number>();
    for (let index = 0; index < 600; index += 1) {
      const facts = decisionFacts(items, { fractionOf: () => 0.15, decisionId: `decision-${index}` });
      const { shown, decision } = outcomes(facts);
      const likely = withProbabilities(decision).placements[0]?.candidates.find(({ offerId }) => offerId === 'likely');
      expect(likely?.outcome?.probability).toBeCloseTo(1 / 3, 12);
      counts.set(shown[0] ?? '', (counts.get(shown[0] ?? '') ?? 0) + 1);
    }
    expect([...counts.keys()].sort()).toEqual(['likely-hero', 'pushed-hero', 'rich-hero']);
    for (const count of counts.values()) expect(Math.abs(count - 200)).toBeLessThan(50);
  });

  test('held out customers get what is transactional, and the record says what they missed', () => {
    const service = [
      saved('offers', { offerId: 'receipt', kind: 'transactional', value: { amountMinor: 0, currency: 'EUR' } }),
      saved('treatments', { treatmentId: 'receipt-hero', offerId: 'receipt' }),
    ];
    const { shown, candidate } = outcomes(decisionFacts([...items, ...service], { fractionOf: () => 0.05 }));
    expect(shown).toEqual(['receipt-hero']);
    expect(candidate('pushed-hero')).toMatchObject({ withheld: { reason: 'held_out' }, outcome: { score: 3000 } });
  });
});

describe('when something could not be read in time', () => {
  const items = [
    hero,
    group,
    saved('strategies', { holdoutShare: 0.1, challengers: [{ name: 'bold', share: 0.5 }] }),
    saved('offers'),
    saved('treatments'),
    saved('offers', { offerId: 'scarce', value: { amountMinor: 99_000, currency: 'EUR' } }),
    saved('treatments', { treatmentId: 'scarce-hero', offerId: 'scarce', uses: [{ budgetId: 'mails', amount: 1 }] }),
  ];
  const degraded = (fraction: number) =>
    outcomes(decisionFacts(items, { fractionOf: () => fraction, modelsRead: false, budgets: new Map() }));

  test('the champion answers by means, without what uses a budget, and says so', () => {
    const { decision, shown, reasons } = degraded(0.3);
    expect(decision.degraded).toEqual(['models', 'budgets']);
    expect(decision.placements[0]).toMatchObject({ arm: 'champion', arbitration: { exploration: 'mean' } });
    expect([shown, reasons['scarce-hero']]).toEqual([['tv-hero'], 'budget_unknown']);
  });

  test('the holdout stays the holdout', () => {
    expect(degraded(0.05).decision.placements[0]?.arm).toBe('holdout');
  });
});

test('decides for an unknown customer as for one without a history', () => {
  const { decision, shown } = outcomes(decisionFacts(offersNamed(['tv']), { isKnown: false }));
  expect([decision.isKnown, shown]).toEqual([false, ['tv-hero']]);
});
