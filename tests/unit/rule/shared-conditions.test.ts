import { expect, test } from 'vitest';
import { compileRule, type Rule } from '#domain/rule/rule.ts';
import type { RuleFacts } from '#domain/rule/rule-facts.ts';
import { sharedConditions } from '#domain/rule/shared-conditions.ts';
import { ruleFacts, traitsOf } from '#support/builders/rule-facts.ts';

const parts = [
  'profile.orders > 1',
  'profile.orders > 2',
  'context.page == "home"',
  'context.missing == 1',
  '!(context.missing == 1)',
  'offer.lever > 1',
  'profile.traits.plan == "basic" || in_segment("loyal")',
  'count_since("Order Completed", 7) > 0',
  'count_since("Order Completed", 30) > 0',
  'count_since("Product Viewed", 30) > 0',
  '"1" in context.list',
  '1 in context.list',
  'context.zero > 0.0',
  'context.zero > -0.0',
  'context.huge < 1e400',
  'context.huge > -1e400',
];

const facts: RuleFacts[] = [0, 2, 3].flatMap((orders) => [
  ruleFacts({ profile: { orders }, context: { page: 'home', list: ['1'], zero: 1, huge: 5 }, offer: { lever: 2 } }),
  ruleFacts({
    profile: {
      orders,
      ...traitsOf({ plan: 'basic' }),
      events: new Map([['Order Completed', [{ day: 20_760, count: 1 }]]]),
    },
    context: { list: [1], zero: -1 },
    offer: { lever: 0.5 },
    segments: new Set(['loyal']),
  }),
]);

const ruleOf = (source: string): Rule[] => {
  const compiled = compileRule(source);
  return compiled.kind === 'rule' ? [compiled.rule] : [];
};

test('rules that share conditions are true of what they are true of alone, in any order and for any offer', () => {
  const rules = parts.flatMap((first) => parts.flatMap((second) => ruleOf(`${first} && (${second} && ${first})`)));
  expect(rules.length).toBeGreaterThan(140);
  const conditions = sharedConditions();
  const shared = rules.map((rule) => conditions.share(rule));
  for (const { offer, ...customer } of facts) {
    const isTrue = conditions.asked(customer);
    for (const each of [offer, { lever: 0.5 }, { lever: 2 }, undefined]) {
      const expected = rules.map((rule) => rule.test(each === undefined ? customer : { ...customer, offer: each }));
      expect(shared.map((rule) => isTrue(rule, each))).toEqual(expected);
    }
  }
});

test('a condition stands once for all rules that have it, and calls are told apart by their rules', () => {
  const { share } = sharedConditions();
  const [one, two] = ruleOf('profile.orders > 1 && context.page == "home"').flatMap((rule) => [
    share(rule),
    share(rule),
  ]);
  expect(one).toEqual(two);
  const [swapped] = ruleOf('context.page == "home" && profile.orders > 1').map(share);
  expect(swapped).toEqual(one?.toReversed());
  const calls = [7, 30].flatMap((days) => ruleOf(`count_since("Order Completed", ${days}) > 0`)).map(share);
  expect(new Set(calls.flat()).size).toBe(2);
});

test('a condition that several rules have is asked once of a customer', () => {
  const conditions = sharedConditions();
  const rules = ['profile.orders > 1', 'profile.orders > 1 && true', 'true && profile.orders > 1'];
  const shared = rules.flatMap(ruleOf).map(conditions.share);
  let asked = 0;
  const { profile, ...customer } = ruleFacts();
  const counted = {
    ...customer,
    profile: {
      ...profile,
      get orders() {
        asked += 1;
        return 2;
      },
    },
  };
  const isTrue = conditions.asked(counted);
  expect(shared.map((rule) => isTrue(rule, undefined))).toEqual([true, true, true]);
  expect(asked).toBe(1);
});
