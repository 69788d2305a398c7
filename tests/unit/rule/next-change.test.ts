import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayMs } from '#domain/calendar/days.ts';
import { nextChange } from '#domain/rule/next-change.ts';
import { compileRule, type Rule } from '#domain/rule/rule.ts';
import type { RuleFacts } from '#domain/rule/rule-facts.ts';
import { ruleFacts, traitsOf } from '#support/builders/rule-facts.ts';
import { ruleProfile, ruleText } from '#support/rule-cases.ts';

const today = 20_779;
const at = (day: string) => Date.parse(`${day}T00:00:00Z`);

function ruleOf(source: string): Rule {
  const made = compileRule(source);
  if (made.kind === 'invalid') throw new Error(JSON.stringify(made.faults));
  return made.rule;
}

function nextChangeOf(rule: Rule, facts: RuleFacts): number | undefined {
  const now = rule.test(facts);
  return nextChange([rule.expression], facts, (nowMs) => rule.test({ ...facts, nowMs }) === now);
}

describe('when a rule turns next', () => {
  const active = ruleFacts({
    profile: {
      events: new Map([
        [
          'Order Completed',
          [
            { day: today - 10, count: 1 },
            { day: today - 3, count: 2 },
          ],
        ],
      ]),
      spend: new Map([['EUR', [{ day: today - 10, count: 100 }]]]),
      lastSeen: at('2026-11-19') + 1000,
      ...traitsOf({ renewal: '2026-12-24', plan: 'gold' }),
    },
  });

  test.each([
    ['count_since("Order Completed", 30) >= 3', '2026-12-12'],
    ['count_since("Order Completed", 30) >= 1', '2026-12-19'],
    ['count_since("Order Completed", 5) >= 1', '2026-11-24'],
    ['count_since("Never", 5) >= 1', undefined],
    ['sum_since("Order Completed", 30, "EUR") >= 100', '2026-12-12'],
    ['sum_since("Order Completed", 30, "USD") >= 100', undefined],
    ['days_since("Order Completed") <= 7', '2026-11-27'],
    ['days_since("Order Completed") > 7', '2026-11-27'],
    ['days_since("Order Completed") >= 0', '2027-02-18'],
    ['!(days_since("Order Completed") < 2.5)', '2027-02-18'],
    ['days_since(profile.last_seen) == 4', '2026-11-23'],
    ['days_since(profile.last_seen) in [30, 60]', '2026-12-19'],
    ['days_since(profile.last_seen) > 1000', '2029-08-16'],
    ['days_since(timestamp(profile.traits.renewal)) >= -14', '2026-12-10'],
    ['days_since(timestamp(profile.traits.renewal)) > -14 && profile.traits.plan == "silver"', undefined],
    ['days_since(profile.first_seen) > 3', undefined],
    ['profile.traits.plan == "gold"', undefined],
    ['days_since("Order Completed") * 2 > 20', '2026-11-30'],
  ])('%s: %s', (source, day) => {
    expect(nextChangeOf(ruleOf(source), active)).toBe(day === undefined ? undefined : at(day));
  });

  test('a rule that calculates with days for ever is asked again in 92 days', () => {
    const rule = ruleOf('days_since(profile.last_seen) * 2 > 100000');
    expect(nextChangeOf(rule, active)).toBe((today + 92) * dayMs);
  });
});

test('a rule does not turn before the time that is given, and turns then', () => {
  fc.assert(
    fc.property(ruleText, ruleProfile, (source, profile) => {
      const rule = ruleOf(source);
      const facts = ruleFacts({ profile });
      const next = nextChangeOf(rule, facts);
      const now = rule.test(facts);
      const isSame = (day: number) => rule.test({ ...facts, nowMs: day * dayMs }) === now;
      const last = Math.min(next === undefined ? today + 200 : next / dayMs, today + 200);
      for (let day = today + 1; day < last; day += 1) if (!isSame(day)) return false;
      return next === undefined || next / dayMs === today + 92 || !isSame(next / dayMs);
    }),
    { numRuns: Number(process.env.NEXT_CHANGE_RUNS ?? 5000) },
  );
});
