import { describe, expect, test } from 'vitest';
import type { CountedResponse } from '#domain/profile/responses.ts';
import {
  decodeFeatures,
  encodeFeatures,
  featureIndex,
  featureVector,
  mostFeatures,
} from '#domain/propensity/feature-vector.ts';
import { featuresOf, type PropensityFacts, type PropensityProfile } from '#domain/propensity/features.ts';
import { numberFeatures } from '#domain/propensity/number-features.ts';
import { basePrior } from '#domain/propensity/prior.ts';
import { emptyRecord, posteriorOf, probability } from '#domain/propensity/propensity-model.ts';

const nowMs = Date.UTC(2026, 2, 10, 18);
const today = Math.floor(nowMs / 86_400_000);
const candidate = { treatmentId: 'sale-hero', offerId: 'sale', channel: 'web' };

const profile = (over: Partial<PropensityProfile> = {}): PropensityProfile => ({
  traits: new Map(),
  interactions: 12,
  orders: 0,
  firstSeen: nowMs - 90 * 86_400_000,
  lastSeen: nowMs - 86_400_000,
  lastPurchase: undefined,
  purchases: new Map(),
  touchpoints: new Map([['web', 12]]),
  channels: new Map([['web', 12]]),
  categories: new Map(),
  ...over,
});
const facts = (over: Partial<PropensityFacts> = {}): PropensityFacts => ({
  profile: profile(),
  segments: [],
  responses: [],
  placementId: 'web/home-hero',
  context: {},
  nowMs,
  wallMs: nowMs,
  ...over,
});
const vectorOf = (over: Partial<PropensityFacts> = {}) => featuresOf(facts(over))(candidate);
const response = (over: Partial<CountedResponse> = {}): CountedResponse => ({
  day: today,
  count: 1,
  disposition: 'rejected',
  treatmentId: 'sale-hero',
  offerId: 'sale',
  group: 'sales',
  channel: 'web',
  ...over,
});

describe('features', () => {
  test('are none for a customer of whom nothing is known', () => {
    expect(vectorOf({ profile: undefined, context: { page: 'home' } })).toEqual([]);
  });

  test.each<[string, Partial<PropensityFacts>, string]>([
    ['the placement', {}, 'placement|web/home-hero'],
    ['a text of the context', { context: { page: { kind: 'home' } } }, 'context|page|kind=home'],
    ['a truth of the context', { context: { isNight: false } }, 'context|isNight=false'],
    ['elements of a list', { context: { tags: ['a', 'b'] } }, 'context|tags=b'],
    ['a trait', { profile: profile({ traits: new Map([['plan', 'gold']]) }) }, 'trait|plan=gold'],
    ['a segment', { segments: ['winback'] }, 'segment|winback'],
    ['the channel habit', {}, 'channel habit|web'],
    ['the recency of a purchase', {}, 'last purchase|never'],
    ['the hours of the customer’s clock', { wallMs: Date.UTC(2026, 2, 10, 3) }, 'hours|0'],
    ['the hours of UTC when the zone is not known', {}, 'hours|4'],
    ['an interest', { profile: profile({ categories: new Map([['books', 3]]) }) }, 'interest|books'],
  ])('hold %s', (_, over, name) => {
    expect(vectorOf(over)).toContain(featureIndex(name));
  });

  test('do not hold what names a person', () => {
    expect(vectorOf({ context: { email: 'ada@example.com', billing_phone: '+431234', page: 'home' } })).toEqual(
      vectorOf({ context: { page: 'home' } }),
    );
  });

  test('are the same for all candidates that the customer never met', () => {
    const features = featuresOf(facts());
    expect(features(candidate)).toBe(features({ ...candidate, treatmentId: 'other', offerId: 'other' }));
  });

  test('stay within their number, own responses first', () => {
    const traits = new Map(Array.from({ length: 100 }, (_, index) => [`trait${index}`, 'x']));
    const vector = vectorOf({ profile: profile({ traits }), responses: [response()] });
    const without = vectorOf({ profile: profile({ traits }) });
    expect(vector.length).toBeLessThanOrEqual(mostFeatures);
    expect(without.every((index) => vector.includes(index))).toBe(true);
    expect(vector.length).toBe(without.length + 3);
  });
});

describe('own responses', () => {
  const model = { record: emptyRecord, prior: basePrior };
  const chance = (responses: CountedResponse[]) => probability(posteriorOf(model, vectorOf({ responses })));

  test('change the propensity of the next decision, before any model learned of them', () => {
    const before = chance([]);
    expect(chance([response({ disposition: 'rejected' })])).toBeLessThan(before * 0.95);
    expect(chance([response({ disposition: 'clicked' })])).toBeGreaterThan(before * 1.05);
  });

  test('weigh more when they are nearer, and more often', () => {
    const rejected = chance([response()]);
    expect(chance([response({ count: 4 })])).toBeLessThan(rejected);
    expect(chance([response({ treatmentId: 'sale-mail', channel: 'email' })])).toBeGreaterThan(rejected);
    expect(chance([response({ treatmentId: 'x', offerId: 'y', channel: 'sms' })])).toBe(chance([]));
  });

  test('fade by the half in thirty days', () => {
    const old = vectorOf({ responses: [response({ day: today - 30, count: 8 })] });
    expect(old).toEqual(vectorOf({ responses: [response({ count: 4 })] }));
  });

  test('say nothing when the customer was not reached', () => {
    expect(vectorOf({ responses: [response({ disposition: 'bounced' })] })).toEqual(vectorOf());
  });
});

describe('numbers', () => {
  test.each<[number, string[]]>([
    [0, ['n=0']],
    [1, ['n~0', 'n≈0']],
    [7, ['n~2', 'n≈11']],
    [8, ['n~3', 'n≈12']],
    [1000, ['n~9', 'n≈39']],
    [-1000, ['n~-9', 'n≈-39']],
    [0.3, ['n~-2', 'n≈-7']],
    [Number.NaN, []],
    [Number.POSITIVE_INFINITY, []],
  ])('%d falls into its octave and quarter octave', (value, names) => {
    expect(numberFeatures('n', value)).toEqual(names);
  });
});

describe('a vector’s text', () => {
  test('is read back', () => {
    const vector = featureVector([65_534, 1, 300, 300]);
    expect(vector).toEqual([1, 300, 65_534]);
    expect(decodeFeatures(encodeFeatures(vector))).toEqual(vector);
    expect(decodeFeatures('')).toEqual([]);
  });

  test.each(['A', '!!', 'AAAA', 'AAIAAQ'])('is refused when it is none: %s', (text) => {
    expect(decodeFeatures(text)).toBeUndefined();
  });
});
