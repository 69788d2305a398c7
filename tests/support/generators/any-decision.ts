import fc from 'fast-check';
import { emptyLedger } from '#domain/contact-policy/contact-ledger.ts';
import { decide } from '#domain/decision/decide.ts';
import { saved } from '#support/builders/catalogue-items.ts';
import { contact } from '#support/builders/contact.ts';
import { decisionFacts, decisionRequest, decisionTime } from '#support/builders/decision.ts';

const placementIds = ['web/home-hero', 'web/footer', 'call-centre/desk'] as const;
const share = fc.double({ min: 0, max: 1, noNaN: true });

const offerLike = fc.record({
  value: fc.integer({ min: 0, max: 90_000 }),
  lever: fc.constantFrom(1, 1, 0.5, 3),
  kind: fc.constantFrom('standard', 'standard', 'standard', 'transactional', 'mandatory'),
  eligible: fc.constantFrom(undefined, 'profile.orders == 0', 'context.vip == true'),
  goal: fc.constantFrom({}, {}, { goal: 'click', goalDays: 1 }, { goal: 'conversion' }, { goalDays: 7 }),
  treatments: fc.array(
    fc.record({
      placements: fc.subarray([...placementIds], { minLength: 1 }),
      costMinor: fc.integer({ min: 0, max: 3000 }),
      suitable: fc.constantFrom(undefined, undefined, 'false'),
      contextWeight: fc.constantFrom(undefined, '0.3 + 0.1', 'context.weight'),
      uses: fc.subarray(['mails', 'minutes']).map((ids) => ids.map((budgetId) => ({ budgetId, amount: 1.5 }))),
      mean: fc.double({ min: -3, max: 2, noNaN: true }),
      variance: fc.oneof(fc.constant(0), fc.double({ min: 1e-4, max: 2, noNaN: true })),
      features: fc.constantFrom('', 'AAEAAg'),
    }),
    { minLength: 1, maxLength: 3 },
  ),
});

/** Any decision about any customer from any small catalogue, through every kind of exclusion, arm and outcome. */
export const anyDecision = fc
  .record({
    id: fc.uuid({ version: 7 }),
    offers: fc.array(offerLike, { minLength: 1, maxLength: 7 }),
    limits: fc.tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }), fc.constant(1)),
    asked: fc.shuffledSubarray([...placementIds], { minLength: 1 }),
    most: fc.integer({ min: 0, max: 4 }),
    contacts: fc.integer({ min: 0, max: 3 }),
    fraction: share,
    exploration: fc.constantFrom('thompson', 'thompson', 'mean'),
    left: fc.double({ min: 0, max: 5, noNaN: true }),
    price: fc.double({ min: 0, max: 500, noNaN: true }),
    modelsRead: fc.boolean(),
    explain: fc.boolean(),
    context: fc.record({ vip: fc.boolean(), weight: fc.double({ min: 0, max: 2, noNaN: true }) }, { requiredKeys: [] }),
  })
  .map(({ id, offers, limits, asked, most, contacts, fraction, exploration, left, price, ...rest }) => {
    const treatments = offers.flatMap(({ treatments: own }, offer) =>
      own.map((treatment, index) => ({ ...treatment, treatmentId: `t${offer}-${index}`, offerId: `o${offer}` })),
    );
    const items = [
      ...placementIds.map((placementId, index) => saved('placements', { placementId, limit: limits[index] })),
      saved('offer-groups'),
      saved('strategies', {
        champion: { name: 'usual', arbitration: { exploration } },
        holdoutShare: 0.1,
        measuringShares: {
          'random-eligible': 0.15,
          'propensity-only': 0.1,
          'no-levers': 0.1,
          'eligibility-only': 0.1,
          'no-treatment': 0.1,
        },
        challengers: [{ name: 'bold', share: 0.1, leverOverrides: { 't0-0': 9 } }],
      }),
      saved('contact-policies', { caps: [{ per: 'total', most, windowDays: 7 }] }),
      ...offers.map(({ value, lever, kind, eligible, goal }, offer) =>
        saved('offers', {
          offerId: `o${offer}`,
          name: `Offer ${offer}`,
          value: { amountMinor: value, currency: 'EUR' },
          lever,
          kind,
          ...goal,
          ...(eligible === undefined ? {} : { eligible }),
        }),
      ),
      ...treatments.map(({ mean: _, variance: __, features: ___, suitable, contextWeight, ...treatment }) =>
        saved('treatments', {
          ...treatment,
          ...(suitable === undefined ? {} : { suitable }),
          ...(contextWeight === undefined ? {} : { contextWeight }),
        }),
      ),
    ];
    const posteriors = new Map(treatments.map((treatment) => [treatment.treatmentId, treatment]));
    const ledger = {
      ...emptyLedger(['persona-1']),
      contacts: Array.from({ length: contacts }, (_, index) =>
        contact({ atMs: decisionTime - 1000 * (9 - index), personaId: 'persona-1', decisionId: `d${index}` }),
      ),
    };
    const view = { left, price };
    const facts = decisionFacts(items, {
      decisionId: id,
      newUnitId: fraction < 0.5 ? 'unit-1' : 'customer-1',
      fractionOf: () => Math.min(fraction, 0.999_999),
      modelsRead: rest.modelsRead,
      contacts: { ledger, responses: [], zone: 'UTC' },
      budgets: new Map([
        ['mails', view],
        ['minutes', view],
      ]),
      propensities: () => ({
        features: '',
        of: ({ treatmentId }) => {
          const { mean = 0, variance = 0, features = '' } = posteriors.get(treatmentId) ?? {};
          return { posterior: { mean, variance }, features };
        },
      }),
    });
    const request = decisionRequest({ placements: asked, explain: rest.explain, context: rest.context });
    return { decision: decide(request, facts), most, left, contacts };
  });
