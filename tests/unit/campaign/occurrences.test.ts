import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { wallTime } from '#domain/calendar/zoned-time.ts';
import { Campaign } from '#domain/campaign/campaign.ts';
import { firstInstantOf, instantAt, occurrences } from '#domain/campaign/occurrences.ts';
import { campaign } from '#support/builders/catalogue-items.ts';
import { dueTimes } from '#use-cases/campaign/start-due-runs.ts';

const dayMs = 86_400_000;
/** Zones that put their clocks forward and back in 2026, with the night of each; one has no such nights. */
const zones: readonly (readonly [zone: string, forward: string, back: string])[] = [
  ['Europe/Berlin', '2026-03-29', '2026-10-25'],
  ['Europe/Lisbon', '2026-03-29', '2026-10-25'],
  ['Europe/Athens', '2026-03-29', '2026-10-25'],
  ['Europe/London', '2026-03-29', '2026-10-25'],
  ['Atlantic/Azores', '2026-03-29', '2026-10-25'],
  ['America/New_York', '2026-03-08', '2026-11-01'],
  ['America/Chicago', '2026-03-08', '2026-11-01'],
  ['America/Denver', '2026-03-08', '2026-11-01'],
  ['America/Los_Angeles', '2026-03-08', '2026-11-01'],
  ['America/Anchorage', '2026-03-08', '2026-11-01'],
  ['America/St_Johns', '2026-03-08', '2026-11-01'],
  ['America/Halifax', '2026-03-08', '2026-11-01'],
  ['America/Havana', '2026-03-08', '2026-11-01'],
  ['America/Santiago', '2026-09-06', '2026-04-05'],
  ['Australia/Sydney', '2026-10-04', '2026-04-05'],
  ['Australia/Adelaide', '2026-10-04', '2026-04-05'],
  ['Australia/Lord_Howe', '2026-10-04', '2026-04-05'],
  ['Pacific/Auckland', '2026-09-27', '2026-04-05'],
  ['Africa/Cairo', '2026-04-24', '2026-10-30'],
  ['Asia/Kathmandu', '2026-03-29', '2026-10-25'],
];
const textOf = (wallMs: number) => new Date(wallMs).toISOString().slice(0, 16);

describe.each(zones)('in %s, a send at 02:30 every day', (zone, forward, back) => {
  const daily = Campaign.shape.schedule.unwrap().parse({ at: '2026-01-01T02:30', every: 'day', clock: 'customer' });

  test.each([
    ['forward', forward],
    ['back', back],
  ])('goes once on each day around the night in which clocks are put %s', (_, night) => {
    const middle = Date.parse(`${night}T02:30Z`);
    const walls = occurrences(daily, middle - 3 * dayMs, middle + 3 * dayMs);
    const instants = walls.map((wall) => instantAt(wall, zone));
    expect(new Set(instants).size).toBe(6);
    const days = instants.map((instant) => textOf(wallTime(zone, instant)).slice(0, 10));
    expect(days).toEqual(walls.map((wall) => wall.slice(0, 10)));
    for (const [index, instant] of instants.entries()) {
      const shown = textOf(wallTime(zone, instant));
      // Where there is no such time it goes at the first one after it, an hour or half an hour later at most.
      expect(shown >= (walls[index] ?? '') && shown <= `${walls[index]?.slice(0, 10)}T03:30`).toBe(true);
    }
  });

  test.each([5, 60, 350])('is found due by who looks every %i minutes, under one name', (minutes) => {
    const item = Campaign.parse(campaign({ schedule: { at: '2026-01-01T02:30', every: 'day', clock: 'firm' } }));
    for (const night of [forward, back]) {
      const middle = Date.parse(`${night}T02:30Z`);
      const looks = Array.from({ length: Math.floor((4 * dayMs) / (minutes * 60_000)) }, (_, index) => index);
      const found = looks.flatMap((look) => dueTimes(item, zone, middle - 2 * dayMs + look * minutes * 60_000));
      expect([...new Set(found)].filter((wall) => wall.startsWith(night))).toEqual([`${night}T02:30`]);
    }
  });
});

describe('a schedule', () => {
  const of = (every: string, at: string, until?: string) =>
    Campaign.shape.schedule.unwrap().parse({ at, every, ...(until === undefined ? {} : { until }) });
  const within = (from: string, to: string, schedule: ReturnType<typeof of>) =>
    occurrences(schedule, Date.parse(`${from}T00:00Z`), Date.parse(`${to}T00:00Z`));

  test('has its time once, each week on its day, each month that has its day', () => {
    expect(within('2026-01-01', '2027-01-01', of('once', '2026-03-29T02:30'))).toEqual(['2026-03-29T02:30']);
    expect(within('2026-03-01', '2026-03-20', of('week', '2026-02-24T09:00'))).toEqual([
      '2026-03-03T09:00',
      '2026-03-10T09:00',
      '2026-03-17T09:00',
    ]);
    expect(within('2026-01-01', '2026-06-30', of('month', '2025-12-31T09:00'))).toEqual([
      '2026-01-31T09:00',
      '2026-03-31T09:00',
      '2026-05-31T09:00',
    ]);
    expect(within('2026-01-01', '2026-06-30', of('week', '2026-01-05T09:00', '2026-01-12T09:00'))).toHaveLength(2);
  });

  test('has the same times however a span is cut', () => {
    const day = fc.integer({ min: 0, max: 700 });
    fc.assert(
      fc.property(fc.constantFrom('once', 'day', 'week', 'month'), day, day, day, (every, a, b, c) => {
        const [first = 0, second = 0, third = 0] = [a, b, c]
          .sort((x, y) => x - y)
          .map((each) => Date.UTC(2026, 0, 1) + each * dayMs);
        const schedule = of(every, '2026-01-31T02:30');
        expect(occurrences(schedule, first, third)).toEqual([
          ...occurrences(schedule, first, second),
          ...occurrences(schedule, second, third),
        ]);
      }),
    );
  });

  test('by the customer’s clock begins before any clock shows its time', () => {
    for (const [zone] of [...zones, ['Pacific/Kiritimati'] as const]) {
      expect(firstInstantOf('2026-03-29T02:30', 'customer', 'UTC')).toBeLessThanOrEqual(
        instantAt('2026-03-29T02:30', zone),
      );
    }
  });
});
