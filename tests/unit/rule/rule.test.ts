import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { emptyState } from '#domain/profile/persona-state.ts';
import { compileRule, compileValue } from '#domain/rule/rule.ts';
import { ruleProfileOf } from '#domain/rule/rule-profile.ts';
import { ruleFacts, traitsOf } from '#support/builders/rule-facts.ts';
import { ruleText } from '#support/rule-cases.ts';

const today = 20_779;

/** Whether a rule is true of the facts. */
function holds(source: string, facts = ruleFacts()): boolean {
  const made = compileRule(source);
  if (made.kind === 'invalid') throw new Error(JSON.stringify(made.faults));
  return made.rule.test(facts);
}

function faultOf(source: string) {
  const made = compileRule(source);
  return made.kind === 'invalid' ? made.faults[0] : undefined;
}

const gold = ruleFacts({
  profile: traitsOf({
    plan: 'gold',
    score: 42,
    vip: true,
    tags: ['a', 1, null, true],
    home: { city: 'Köln', zip: null },
  }),
});

describe('missing means false', () => {
  test.each([
    ['profile.traits.none == "x"', false],
    ['profile.traits.none != "x"', false],
    ['!(profile.traits.none == "x")', false],
    ['profile.traits.none == "x" || profile.traits.score > 1', true],
    ['profile.traits.score > 1 || profile.traits.none == "x"', true],
    ['!(profile.traits.none == "x" && profile.traits.score < 1)', true],
    ['profile.traits.none == "x" && true', false],
    ['has(profile.traits.none)', false],
    ['!has(profile.traits.none)', true],
    ['!has(profile.traits.none) || profile.traits.none == "x"', true],
    ['(profile.traits.none > 1 ? true : true)', false],
    ['has(profile.traits.home.zip)', false],
    ['profile.traits.home.zip == 1', false],
    ['profile.traits.plan.none == 1', false],
    ['profile.channels.email < 5', false],
    ['profile.types.page == 0', true],
    ['profile.orders == 0', true],
    ['profile.purchases.EUR.orders == 0', false],
    ['profile.last_seen > timestamp("2020-01-01")', false],
  ])('%s is %s', (source, expected) => {
    expect(holds(source, gold)).toBe(expected);
  });
});

describe('a trait is read as what it is compared with', () => {
  test.each([
    ['profile.traits.plan == "gold"', true],
    ['profile.traits.plan > "Gold"', true],
    ['profile.traits.plan != 42', false],
    ['profile.traits.score == 42', true],
    ['profile.traits.score == 42.0', true],
    ['profile.traits.score != "42"', false],
    ['profile.traits.score / 4 == 10.5', true],
    ['profile.traits.score / 0 > 0 || true', true],
    ['profile.traits.score / 0 > 0', false],
    ['!(1e308 * profile.traits.score > 0)', false],
    ['profile.traits.vip', true],
    ['profile.traits.plan', false],
    ['profile.traits.vip == true', true],
    ['profile.traits.score in [1, 42]', true],
    ['profile.traits.plan in ["gold", "silver"]', true],
    ['!(profile.traits.plan in ["silver"])', true],
    ['!(profile.traits.plan in [1])', false],
    ['"a" in profile.traits.tags && 1 in profile.traits.tags && true in profile.traits.tags', true],
    ['"1" in profile.traits.tags', false],
    ['!("1" in profile.traits.plan)', false],
    ['profile.traits.plan == profile.traits.plan', true],
    ['profile.traits.plan != profile.traits.score', false],
    ['size(profile.traits.tags) == 4 && profile.traits.plan.size() == 4', true],
    ['profile.traits.home.city.startsWith("K") && profile.traits["home"]["city"].contains("öl")', true],
    ['profile.traits.plan.upperAscii() == "GOLD" && profile.traits.home.city.upperAscii() == "KöLN"', true],
    ['"\uFB00" < "😀"', true],
    ['-profile.traits.score < 0 && -0.0 == 0', true],
    ['9007199254740993 == 9007199254740992', true],
  ])('%s is %s', (source, expected) => {
    expect(holds(source, gold)).toBe(expected);
  });
});

describe('what was told with a disposition', () => {
  const facts = ruleFacts({
    profile: traitsOf({
      'disposition:rejected': { offer_id: 'tv', reason: 'too-expensive' },
      'disposition:call-back': { call_back_at: '2026-11-30T09:00:00.000Z', agent: 'agent-7' },
    }),
  });

  test.each([
    ['profile.dispositions.rejected.reason == "too-expensive"', true],
    ['profile.dispositions.rejected.root_cause != "price"', false],
    ['has(profile.dispositions["call-back"])', true],
    ['has(profile.dispositions.considering)', false],
    ['timestamp(profile.dispositions["call-back"].call_back_at) > timestamp("2026-11-29")', true],
  ])('%s is %s', (source, expected) => {
    expect(holds(source, facts)).toBe(expected);
  });

  test.each([
    ['profile.dispositions.refused.reason == "x"', 'refused is not known here; expected one of presented'],
    ['profile.dispositions.rejected.note == "x"', 'note is not known here; expected one of reason, root_cause'],
    ['has(profile.dispositions)', 'Expected a disposition'],
  ])('%s is refused: %s', (source, message) => {
    expect(faultOf(source)?.message).toContain(message);
  });
});

describe('days', () => {
  const active = ruleFacts({
    profile: {
      events: new Map([
        [
          'Order Completed',
          [
            { day: today, count: 1 },
            { day: today - 29, count: 2 },
            { day: today - 30, count: 4 },
          ],
        ],
        ['Old', [{ day: today - 90, count: 1 }]],
        ['Older', [{ day: today - 91, count: 1 }]],
        ['Ahead', [{ day: today + 1, count: 1 }]],
      ]),
      spend: new Map([
        [
          'EUR',
          [
            { day: today, count: 500 },
            { day: today - 30, count: 70 },
          ],
        ],
        ['USD', [{ day: today - 1, count: 3 }]],
        [
          'CHF',
          [
            { day: today, count: -40 },
            { day: today - 1, count: 60 },
          ],
        ],
      ]),
      firstSeen: Date.parse('2026-11-20T23:59:59.999Z'),
      ...traitsOf({ renewal: '2026-12-01', wrong: '2026-02-30', createdAt: '2026-11-21T00:00:00Z' }),
    },
  });

  test.each([
    ['count_since("Order Completed", 1) == 1', true],
    ['count_since("Order Completed", 30) == 3', true],
    ['count_since("Order Completed", 31) == 7', true],
    ['count_since("Never", 90) == 0', true],
    ['count_since("Ahead", 1) == 1', true],
    ['sum_since("Order Completed", 30, "EUR") == 500', true],
    ['sum_since("Order Completed", 31, "EUR") == 570', true],
    ['sum_since("Order Completed", 31, "GBP") == 0', true],
    ['sum_since("Order Completed", 1, "CHF") == 0', true],
    ['sum_since("Order Completed", 2, "CHF") == 20', true],
    ['sum_since("Order Completed", 31, "JPY") == 0', true],
    ['days_since("Order Completed") == 0', true],
    ['days_since("Old") == 90', true],
    ['days_since("Older") > 0', false],
    ['days_since("Ahead") == -1', true],
    ['days_since("Never") > 0', false],
    ['days_since(profile.first_seen) == 2', true],
    ['days_since(timestamp(profile.traits.renewal)) == -9', true],
    ['days_since(timestamp(profile.traits.wrong)) < 1000', false],
    ['timestamp(profile.traits.createdAt) == timestamp("2026-11-21")', true],
    ['profile.traits.createdAt < timestamp("2026-11-21T00:00:00.001Z")', true],
  ])('%s is %s', (source, expected) => {
    expect(holds(source, active)).toBe(expected);
  });
});

test('context and offer are there for a rule that asks for them', () => {
  const facts = ruleFacts({
    context: { page: { path: '/cart' }, basket: 3 },
    offer: { group: 'phones' },
    segments: new Set(['loyal']),
  });
  expect(holds('context.page.path.endsWith("cart") && context.basket > 2', facts)).toBe(true);
  expect(holds('offer.group == "phones" && in_segment("loyal") && !in_segment("new")', facts)).toBe(true);
  expect(holds('has(offer.group)', ruleFacts())).toBe(false);
  expect(holds('has(context.constructor)', ruleFacts())).toBe(false);
});

test('what is no finite number is unknown, whatever it is compared with', () => {
  const facts = ruleFacts({ context: { basket: Number.POSITIVE_INFINITY, limit: 5 } });
  expect(holds('context.basket > context.limit', facts)).toBe(false);
  expect(holds('!(context.basket > context.limit)', facts)).toBe(false);
  expect(holds('context.basket > 5', facts)).toBe(false);
});

test('a value is a finite number or nothing', () => {
  const numberFrom = (source: string) => {
    const made = compileValue(source);
    return made.kind === 'value' ? made.value.of(gold) : made.faults;
  };
  expect(numberFrom('profile.traits.score * 2 - 1')).toBe(83);
  expect(numberFrom('profile.traits.vip ? 1.5 : 1')).toBe(1.5);
  expect(numberFrom('profile.traits.none * 2')).toBeUndefined();
  expect(numberFrom('1 / (profile.traits.score - 42)')).toBeUndefined();
  expect(numberFrom('profile.traits.plan == "gold"')).toMatchObject([
    { message: 'Expected a number, found a condition' },
  ]);
});

describe('a fault names its place', () => {
  test.each([
    ['profile.trait.plan == "x"', 1, 9, 5, /^trait is not known here; expected one of traits/],
    ['true &&\n  profile.orders > "1"', 2, 20, 3, /^Expected a number, found a text$/],
    ['profile.orders >', 1, 17, 1, /^The rule ends in the middle$/],
    ['profile.orders', 1, 1, 14, /^Expected a condition, found a number$/],
    ['"x" == null', 1, 8, 4, /has\(/],
    ['profile.traits.email == "x"', 1, 16, 5, /^email is a personal trait.*profile\.personal$/],
    ['profile.personal.plan == "x"', 1, 18, 4, /profile\.traits$/],
    ['count_since("X", 91) > 1', 1, 18, 2, /^Expected a whole number of days from 1 to 90$/],
    ['count_since("X") > 1', 1, 1, 16, /as in count_since\("Order Completed", 30\)$/],
    ['sum_since("X", 9, "EUR") > 1', 1, 11, 3, /Order Completed/],
    ['sum_since("Order Completed", 9) > 1', 1, 1, 31, /currencies are not added/],
    ['profile.traits.plan.matches("g.*")', 1, 1, 34, /^matches\(\) is not known; there are \.contains\(\)/],
    ['profile.traits.tags.exists(t, t == "a")', 1, 1, 39, /^exists\(\) is not known/],
    ['constructor(1)', 1, 1, 14, /^constructor\(\) is not known/],
    ['profile.constructor', 1, 9, 11, /^constructor is not known here/],
    ['profile.traits.a in ["x", 1]', 1, 21, 8, /^Expected items of one type$/],
    ['profile.traits["a\\"b"] == 1', 1, 16, 6, /^Expected a name of 1 to 100 bytes/],
    ['profile.purchases.EURO.orders > 1', 1, 19, 4, /^Expected a currency/],
    ['1 = 1', 1, 3, 1, /Unexpected character/],
    ['"a', 1, 1, 2, /Unterminated string/],
    ['has(1)', 1, 5, 1, /^Expected a name of profile/],
    ['profile.orders % 2 == 0', 1, 1, 18, /^% is not available in rules$/],
    ['timestamp("soon") > profile.last_seen', 1, 11, 6, /^Expected a time as/],
    [`${'('.repeat(30)}true${')'.repeat(30)}`, 1, 25, 1, /^Expected at most 24 levels/],
    [`true${' && true'.repeat(300)}`, 1, expect.any(Number), expect.any(Number), /^Expected at most 500 names/],
    [' '.repeat(4001), 1, 4001, 1, /^Expected at most 4000 characters, found 4001$/],
  ])('%s', (source, line, column, length, message) => {
    expect(faultOf(source)).toEqual({ line, column, length, message: expect.stringMatching(message) });
  });
});

test('whatever the text, compiling it ends in a rule or in faults', () => {
  const noise = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.tuple(ruleText, fc.nat(), fc.string({ maxLength: 3 })).map(([text, at, piece]) => {
      const cut = at % (text.length + 1);
      return text.slice(0, cut) + piece + text.slice(cut + 1);
    }),
  );
  fc.assert(
    fc.property(noise, (source) => {
      const made = compileRule(source);
      if (made.kind === 'rule') return typeof made.rule.test(gold) === 'boolean';
      const [fault] = made.faults;
      return fault !== undefined && fault.line >= 1 && fault.column >= 1 && fault.length >= 1 && fault.message !== '';
    }),
    { numRuns: 3000 },
  );
});

test('200,000 simple rules are asked in less than a second', () => {
  const sources = [
    'profile.traits.plan == "gold"',
    'profile.channels.email > 2',
    '!has(profile.traits.none)',
    'profile.traits.score >= 18 && profile.orders == 0',
  ];
  const rules = sources.map((source) => compileRule(source)).flatMap((made) => (made.kind === 'rule' ? made.rule : []));
  const start = process.cpuUsage();
  let asked = 0;
  for (let round = 0; round < 50_000; round += 1)
    for (const rule of rules) asked += Number(rule.test(gold)) >= 0 ? 1 : 0;
  expect(asked).toBe(200_000);
  expect(process.cpuUsage(start).user / 1000).toBeLessThan(1000);
});

test('a profile of several personas has what they have together', () => {
  const state = {
    ...emptyState(),
    types: new Map([['page', 2] as const]),
    seen: { first: 1, last: 5 },
    events: new Map([[3, new Map([['A', 2]])]]),
  };
  const other = {
    ...emptyState(),
    types: new Map([['page', 1] as const, ['track', 1] as const]),
    seen: { first: 3, last: 9 },
    events: new Map([[3, new Map([['A', 1]])]]),
  };
  expect(ruleProfileOf([state, other])).toMatchObject({
    interactions: 4,
    firstSeen: 1,
    lastSeen: 9,
    types: new Map([
      ['page', 3],
      ['track', 1],
    ]),
    events: new Map([['A', [{ day: 3, count: 3 }]]]),
  });
  expect(ruleProfileOf([other, state])).toEqual(ruleProfileOf([state, other]));
});
