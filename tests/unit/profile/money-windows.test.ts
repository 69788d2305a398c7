import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import type { Interaction } from '#domain/interaction/interaction.ts';
import { combine } from '#domain/profile/combine.ts';
import { fold, personaMemory } from '#domain/profile/fold.ts';
import { emptyState, type PersonaState } from '#domain/profile/persona-state.ts';
import { decodeState, encodeState } from '#domain/profile/state-codec.ts';
import { compileValue } from '#domain/rule/rule.ts';
import { ruleProfileOf } from '#domain/rule/rule-profile.ts';
import { interaction, purchase } from '#support/builders/interaction.ts';
import { ruleFacts } from '#support/builders/rule-facts.ts';
import { anyMoney } from '#support/generators/any-money.ts';

vi.setConfig({ testTimeout: 240_000 });

const nowMs = Date.parse('2026-03-31T12:00:00.000Z');
const numbered = (list: readonly Interaction[]) => list.map((one, index) => ({ ...one, messageId: `n-${index}` }));
const stateOf = (...list: Interaction[]) => fold(personaMemory(), numbered(list)).state;

/** What a rule's value comes to for a customer. */
function asked(source: string, state: PersonaState, nowAt = nowMs): number | undefined {
  const made = compileValue(source);
  if (made.kind === 'invalid') throw new Error(JSON.stringify(made.faults));
  return made.value.of(ruleFacts({ profile: ruleProfileOf([state]), nowMs: nowAt }));
}
const paid = (state: PersonaState, days: number, currency = 'EUR') =>
  asked(`sum_since("Order Completed", ${days}, "${currency}")`, state);
const ordered = (state: PersonaState, days: number) => asked(`count_since("Order Completed", ${days})`, state);

const refunded = (
  orderId: string | undefined,
  properties: Interaction['properties'],
  over: Partial<Interaction> = {},
) => interaction({ event: 'Order Refunded', ...over, properties: { order_id: orderId, ...properties } });
const on = (day: string) => ({ occurredAt: `2026-03-${day}T12:00:00.000Z` });

describe('what rules ask of the last days', () => {
  test('is an order told three times once', () => {
    const state = stateOf(purchase('o-1', 5), purchase('o-1', 5), purchase('o-1', 5));
    expect([paid(state, 90), ordered(state, 90)]).toEqual([500, 1]);
  });

  test('has nothing of what was cancelled, which stays an order', () => {
    const state = stateOf(
      purchase('o-1', 5),
      interaction({ event: 'Order Cancelled', properties: { order_id: 'o-1' } }),
    );
    expect([paid(state, 90), ordered(state, 90)]).toEqual([0, 1]);
  });

  test('takes a refund off on the day of its order', () => {
    const state = stateOf(
      purchase('o-1', 20, on('01')),
      refunded('o-1', { revenue: 5 }, on('30')),
      purchase('o-2', 3, on('30')),
    );
    expect([paid(state, 7), paid(state, 60)]).toEqual([300, 1800]);
  });

  test('takes a refund of no order off on its own day, down to nothing', () => {
    const state = stateOf(
      purchase('o-1', 20, on('01')),
      refunded(undefined, { revenue: 5, currency: 'EUR' }, on('30')),
    );
    expect([paid(state, 7), paid(state, 60)]).toEqual([0, 1500]);
  });

  test('is one currency’s', () => {
    const inCurrency = (orderId: string, amount: number, currency: string) =>
      purchase(orderId, amount, { properties: { currency } });
    const state = stateOf(
      inCurrency('o-1', 1200, 'JPY'),
      inCurrency('o-2', 1.5, 'KWD'),
      inCurrency('o-3', 5, 'EUR'),
      inCurrency('o-4', 5, 'USD'),
      inCurrency('o-5', 5, 'GBP'),
      inCurrency('o-6', 5, 'CHF'),
    );
    expect(['JPY', 'KWD', 'EUR', 'CHF'].map((currency) => paid(state, 90, currency))).toEqual([1200, 1500, 500, 500]);
  });

  test('is told of a day on which the order was made: another message about it is none', () => {
    const state = stateOf(purchase('o-1', 5, on('02')), purchase('o-1', 5, on('30')));
    expect([ordered(state, 7), ordered(state, 60), asked('days_since("Order Completed")', state)]).toEqual([0, 1, 29]);
  });

  test('has the orders that a state no longer keeps', () => {
    const many = Array.from({ length: 40 }, (_, index) => purchase(`o-${index}`, 1, on('10')));
    const state = stateOf(...many, ...many, refunded('o-3', { revenue: 1 }), refunded('o-39', { revenue: 1 }));
    expect([paid(state, 90), ordered(state, 90)]).toEqual([3800, 40]);
  });
});

describe.each([
  ['few orders', { orderIds: ['o-1', 'o-2'], most: 10 }],
  ['more orders than a state keeps', { orderIds: Array.from({ length: 60 }, (_, index) => `o-${index}`), most: 90 }],
])('of %s, whoever tells them and in whatever order,', (_, shape) => {
  test('the sum of all days is what purchases say, and so is the number of orders', () => {
    fc.assert(
      fc.property(anyMoney(shape), fc.boolean(), (told, isRepeated) => {
        const messages = told.map(({ message }) => message);
        const { state } = fold(personaMemory(), isRepeated ? [...messages, ...messages.toReversed()] : messages);
        const { purchases, orders } = ruleProfileOf([state]);
        for (const [currency, { grossMinor, refundedMinor }] of purchases) {
          expect(paid(state, 90, currency)).toBe(grossMinor - refundedMinor);
        }
        expect(ordered(state, 90)).toBe(orders);
      }),
      { numRuns: 300 },
    );
  });

  test('two personas of one customer come to what one would', () => {
    fc.assert(
      fc.property(anyMoney({ ...shape, most: 20 }), (told) => {
        const of = (persona: string) => told.filter((one) => one.persona === persona).map(({ message }) => message);
        const states = ['a', 'b'].map((persona) => fold(personaMemory(), of(persona)).state);
        const both = states.reduce(combine, emptyState());
        const one = fold(
          personaMemory(),
          told.map(({ message }) => message),
        ).state;
        expect(['EUR', 'USD', 'JPY', 'KWD'].map((currency) => paid(both, 90, currency))).toEqual(
          ['EUR', 'USD', 'JPY', 'KWD'].map((currency) => paid(one, 90, currency)),
        );
        expect(ordered(both, 90)).toBe(ordered(one, 90));
      }),
      { numRuns: 200 },
    );
  });
});

test('a state of before orders were counted by day is read, and counts those that it keeps', () => {
  const many = Array.from({ length: 30 }, (_, index) => purchase(`o-${index}`, 1, on('10')));
  const text = encodeState(stateOf(...many));
  const before = text.replace(/"ordered":\[\[\d+,6\]\],/, '');
  expect(before).not.toBe(text);
  expect([paid(decodeState(before), 90), ordered(decodeState(before), 90)]).toEqual([3000, 24]);
});
