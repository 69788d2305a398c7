import { expect, test } from 'vitest';
import { dayMs } from '#domain/calendar/days.ts';
import { compileSegments } from '#domain/segment/compiled-segments.ts';
import { membersOf, segmentsOf } from '#domain/segment/segments-of.ts';
import { ruleFacts, traitsOf } from '#support/builders/rule-facts.ts';

const today = 20_779;
const { profile, nowMs } = ruleFacts({
  profile: { ...traitsOf({ plan: 'gold' }), events: new Map([['Order Completed', [{ day: today - 6, count: 1 }]]]) },
});

test('a segment can name others, in any order of definition', () => {
  const segments = compileSegments([
    { segmentId: 'best', rule: 'in_segment("gold") && in_segment("active")' },
    { segmentId: 'rest', rule: '!in_segment("best")' },
    { segmentId: 'gold', rule: 'profile.traits.plan == "gold"' },
    { segmentId: 'active', rule: 'count_since("Order Completed", 7) > 0' },
  ]);
  expect([...membersOf(segments, profile, nowMs)].sort()).toEqual(['active', 'best', 'gold']);
  expect([...membersOf(segments, profile, nowMs + dayMs)].sort()).toEqual(['gold', 'rest']);
});

test('the next change is that of any segment, through others too', () => {
  const segments = compileSegments([
    { segmentId: 'recent', rule: 'days_since("Order Completed") < 30' },
    { segmentId: 'lapsing', rule: 'in_segment("recent") && count_since("Order Completed", 7) == 0' },
  ]);
  const first = segmentsOf(segments, profile, nowMs);
  expect(first).toEqual({ members: new Set(['recent']), nextChangeMs: (today + 1) * dayMs });
  const second = segmentsOf(segments, profile, (today + 1) * dayMs);
  expect(second).toEqual({ members: new Set(['recent', 'lapsing']), nextChangeMs: (today + 24) * dayMs });
  const third = segmentsOf(segments, profile, (today + 24) * dayMs);
  expect(third).toEqual({ members: new Set(), nextChangeMs: undefined });
});

test('nobody is in a segment that names itself through others, that waits for such a one, or whose rule has faults', () => {
  const segments = compileSegments([
    { segmentId: 'a', rule: '!in_segment("b")' },
    { segmentId: 'b', rule: '!in_segment("a")' },
    { segmentId: 'self', rule: '!in_segment("self")' },
    { segmentId: 'behind', rule: '!in_segment("a")' },
    { segmentId: 'broken', rule: 'profile.' },
    { segmentId: 'outside', rule: '!in_segment("broken") && !in_segment("missing")' },
  ]);
  expect([...membersOf(segments, profile, nowMs)]).toEqual(['outside']);
});
