import { expect, test } from 'vitest';
import { DecisionRequest } from '#domain/decision/decision-request.ts';

const base = { customer: 'user_id:ada', placements: ['web/home-hero'] };
const isTaken = (over: object) => DecisionRequest.safeParse({ ...base, ...over }).success;
const placements = (count: number) => ({
  placements: Array.from({ length: count }, (_, index) => `web/slot-${index}`),
});

test.each<[string, object, object]>([
  ['one treatment a placement', { limit: 1 }, { limit: 0 }],
  ['20 treatments a placement', { limit: 20 }, { limit: 21 }],
  ['one placement', placements(1), placements(0)],
  ['ten placements', placements(10), placements(11)],
  ['a customer of three letters', { customer: 'a:b' }, { customer: 'ab' }],
  ['a customer of 320 letters', { customer: `a:${'b'.repeat(318)}` }, { customer: `a:${'b'.repeat(319)}` }],
])('a request may ask for %s, and for nothing past it', (_, last, past) => {
  expect([isTaken(last), isTaken(past)]).toEqual([true, false]);
});

test('a request that says no more is neither explained nor a preview, and knows nothing of the moment', () => {
  expect(DecisionRequest.parse(base)).toEqual({ ...base, context: {}, explain: false, preview: false });
});
