import { describe, expect, test } from 'vitest';
import { instantOf, isZone, wallTime } from '#domain/calendar/zoned-time.ts';

const text = (ms: number) => new Date(ms).toISOString().slice(0, 19);
const at = (iso: string) => Date.parse(`${iso}Z`);

describe('the wall time', () => {
  test.each([
    ['Europe/Berlin', '2026-01-15T12:00:00', '2026-01-15T13:00:00'],
    ['Europe/Berlin', '2026-07-15T22:30:00', '2026-07-16T00:30:00'],
    ['Asia/Kathmandu', '2026-01-01T00:00:00', '2026-01-01T05:45:00'],
    ['America/St_Johns', '2026-01-01T00:00:00', '2025-12-31T20:30:00'],
    ['UTC', '1970-01-01T00:00:00', '1970-01-01T00:00:00'],
  ])('of %s at %s is %s', (zone, instant, wall) => {
    expect(text(wallTime(zone, at(instant)))).toBe(wall);
  });
});

describe('the instant of a wall time', () => {
  test.each([
    ['an ordinary hour', 'Europe/Berlin', '2026-01-15T13:00:00', '2026-01-15T12:00:00'],
    ['an hour after the clock went forward', 'Europe/Berlin', '2026-03-29T08:00:00', '2026-03-29T06:00:00'],
    ['an hour that the clock leaves out', 'Europe/Berlin', '2026-03-29T02:30:00', '2026-03-29T01:00:00'],
    ['an hour that comes twice: the first', 'Europe/Berlin', '2026-10-25T02:30:00', '2026-10-25T00:30:00'],
    ['a midnight that the clock leaves out', 'Africa/Cairo', '2026-04-24T00:00:00', '2026-04-23T22:00:00'],
    ['half an hour of change', 'Australia/Lord_Howe', '2026-10-04T02:15:00', '2026-10-03T15:30:00'],
  ])('is right for %s', (_, zone, wall, instant) => {
    expect(text(instantOf(zone, at(wall)))).toBe(instant);
  });

  test('is the second of two when the first is over', () => {
    expect(text(instantOf('Europe/Berlin', at('2026-10-25T02:30:00'), at('2026-10-25T00:45:00')))).toBe(
      '2026-10-25T01:30:00',
    );
  });

  test('is the inverse of the wall time in every hour of a year, but for the hour that comes twice', () => {
    const wrong: string[] = [];
    for (const zone of [
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Tokyo',
      'Africa/Casablanca',
    ]) {
      for (let instant = at('2026-01-01T00:00:00'); instant < at('2027-01-01T00:00:00'); instant += 1_800_000) {
        if (instantOf(zone, wallTime(zone, instant), instant) !== instant) wrong.push(`${zone} ${text(instant)}`);
      }
    }
    expect(wrong).toEqual([]);
  });
});

test('knows zones from names that are none', () => {
  expect(['Europe/Berlin', 'Mars/Olympus', ''].map(isZone)).toEqual([true, false, false]);
});
