import { describe, expect, test } from 'vitest';
import { answerDueMs } from '#domain/propensity/answer-due.ts';

const dueAt = (seenAt: string, direction: string, nowAt = seenAt, decidedAt = seenAt) => {
  const [seenMs, nowMs, decidedMs] = [Date.parse(seenAt), Date.parse(nowAt), Date.parse(decidedAt)];
  const dueMs = answerDueMs({ direction, decidedMs, seenMs }, nowMs);
  return dueMs === undefined ? undefined : new Date(dueMs).toISOString();
};

describe('an answer is due', () => {
  test.each([
    ['an hour after who came to us has seen it', 'inbound', '2026-03-10T12:00:00Z', '2026-03-10T13:00:00.000Z'],
    ['a day after whom we went to has', 'outbound', '2026-03-10T12:00:00Z', '2026-03-11T12:00:00.000Z'],
    ['at the next quarter of an hour, never before', 'inbound', '2026-03-10T12:00:00.001Z', '2026-03-10T13:15:00.000Z'],
    ['and an hour where the direction is new', 'sideways', '2026-03-10T12:14:59Z', '2026-03-10T13:15:00.000Z'],
  ])('%s', (_, direction, seenAt, expected) => {
    expect(dueAt(seenAt, direction)).toBe(expected);
  });

  test('not before the telling arrives, so that what a file of yesterday answers itself is answered first', () => {
    expect(dueAt('2026-03-09T12:00:00Z', 'inbound', '2026-03-10T02:01:00Z')).toBe('2026-03-10T02:15:00.000Z');
  });

  test('never, of a decision of more than a month ago', () => {
    const decidedAt = '2026-01-01T00:00:00Z';
    expect(dueAt('2026-01-30T00:00:00Z', 'inbound', '2026-01-31T23:00:00Z', decidedAt)).toBeDefined();
    expect(dueAt('2026-01-30T00:00:00Z', 'inbound', '2026-02-01T00:00:01Z', decidedAt)).toBeUndefined();
  });
});
