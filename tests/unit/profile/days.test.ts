import { describe, expect, test } from 'vitest';
import { dayNumberOf } from '#domain/calendar/days.ts';
import type { Interaction } from '#domain/interaction/interaction.ts';
import { lastDayOf, sumSince } from '#domain/profile/activity.ts';
import { consentsIn } from '#domain/profile/consents.ts';
import { fold, personaMemory } from '#domain/profile/fold.ts';
import { spendOf } from '#domain/profile/purchases.ts';
import { responsesIn } from '#domain/profile/responses.ts';
import { decodeState, encodeState } from '#domain/profile/state-codec.ts';
import { zoneIn } from '#domain/profile/zone.ts';
import { interaction, purchase } from '#support/builders/interaction.ts';

const numbered = (list: readonly Interaction[]) => list.map((one, index) => ({ ...one, messageId: `n-${index}` }));
const stateOf = (...list: Interaction[]) => fold(personaMemory(), numbered(list)).state;
const day = (text: string) => dayNumberOf(Date.parse(text));
const now = Date.parse('2026-03-10T12:00:00Z');

describe('events of the last days', () => {
  const viewed = (occurredAt: string) => interaction({ event: 'Product Viewed', occurredAt });

  test('count from the first of them on, today included', () => {
    const { events } = stateOf(
      viewed('2026-03-08T23:59:59.999Z'),
      viewed('2026-03-09T00:00:00.000Z'),
      viewed('2026-03-10T11:00:00.000Z'),
    );
    expect([1, 2, 3].map((days) => sumSince(events, 'Product Viewed', days, now))).toEqual([1, 2, 3]);
  });

  test('leave when the customer was seen 92 days later', () => {
    const first = viewed('2025-12-01T00:00:00.000Z');
    const day91 = viewed('2026-03-02T00:00:00.000Z');
    const day92 = viewed('2026-03-03T00:00:00.000Z');
    expect(stateOf(first, day91).events.has(day('2025-12-01'))).toBe(true);
    expect(stateOf(first, day91, day92).events.has(day('2025-12-01'))).toBe(false);
  });

  test('tell their last day', () => {
    const { events } = stateOf(viewed('2026-03-02T10:00:00.000Z'), viewed('2026-02-11T10:00:00.000Z'));
    expect(lastDayOf(events, 'Product Viewed')).toBe(day('2026-03-02'));
    expect(lastDayOf(events, 'Order Completed')).toBeUndefined();
  });

  test('are track events: pages have no event name', () => {
    const { event: _, ...page } = interaction({ type: 'page', name: 'Home' });
    expect(stateOf(page).events.size).toBe(0);
  });
});

test('what was paid is summed by day and currency, for an order once', () => {
  const spend = spendOf(
    stateOf(
      purchase('o-1', 10, { occurredAt: '2026-03-10T01:00:00.000Z' }),
      purchase('o-2', 2.5, { occurredAt: '2026-03-10T02:00:00.000Z' }),
      purchase('o-3', 7, { occurredAt: '2026-03-09T02:00:00.000Z', properties: { currency: 'USD' } }),
      purchase('o-3', 7, { occurredAt: '2026-03-10T02:00:00.000Z', properties: { currency: 'USD' } }),
    ),
  );
  expect(sumSince(spend, 'EUR', 1, now)).toBe(1250);
  expect(sumSince(spend, 'USD', 2, now)).toBe(700);
});

describe('a captured disposition', () => {
  const said = (disposition: string, over: Partial<Interaction['properties']> = {}) =>
    interaction({
      event: 'Disposition Captured',
      properties: {
        disposition,
        treatment_id: 'upgrade/email-1',
        offer_id: 'upgrade',
        offer_group: 'growth',
        channel: 'email',
        ...over,
      },
    });

  test('is remembered by day with offer, group and channel', () => {
    expect(responsesIn(stateOf(said('ignored'), said('ignored'), said('accepted')).responses)).toEqual([
      expect.objectContaining({ disposition: 'ignored', count: 2, day: day('2026-03-10'), group: 'growth' }),
      expect.objectContaining({ disposition: 'accepted', count: 1, treatmentId: 'upgrade/email-1', channel: 'email' }),
    ]);
  });

  test('that names no known disposition or no proper id is no response', () => {
    expect(stateOf(said('shrugged'), said('ignored', { offer_id: 'a|b' })).responses.size).toBe(0);
  });

  test('starts no session: a system tells it', () => {
    expect(stateOf(said('presented')).sessions).toBe(0);
  });
});

describe('consents', () => {
  const told = (occurredAt: string, categoryPreferences: unknown) =>
    interaction({ occurredAt, context: { consent: { categoryPreferences } } });

  test('are the last word on each purpose', () => {
    const consents = consentsIn(
      stateOf(
        told('2026-03-02T00:00:00.000Z', { marketing: false, 'marketing:email': true }),
        told('2026-03-01T00:00:00.000Z', { marketing: true }),
      ),
    );
    expect(consents.get('marketing')).toMatchObject({ granted: false, at: Date.parse('2026-03-02') });
    expect(consents.get('marketing:email')?.granted).toBe(true);
  });

  test('are yes or no: anything else says nothing', () => {
    expect(consentsIn(stateOf(told('2026-03-01T00:00:00.000Z', { marketing: 'yes' }))).size).toBe(0);
  });
});

test.each([
  'not a zone',
  'Etc/Unknown',
  'undefined',
  'null',
  'local',
  'GMT+5',
  '+05:45',
  'IST',
  '',
  'Mars/Olympus',
  'x'.repeat(100),
  345,
  null,
])('the time zone is the last real one that was told, whatever is told after it (%j)', (nonsense) => {
  const told = (occurredAt: string, timezone: unknown) => interaction({ occurredAt, context: { timezone } });
  const { zone } = stateOf(
    told('2026-03-01T00:00:00.000Z', 'Europe/Berlin'),
    told('2026-03-02T00:00:00.000Z', nonsense),
    told('2026-02-01T00:00:00.000Z', 'Asia/Tokyo'),
  );
  expect(zoneIn(zone)).toBe('Europe/Berlin');
});

test.each(['Asia/Kathmandu', 'Etc/GMT+5', 'UTC', 'US/Pacific', 'CET'])('%s is a real zone', (timezone) => {
  expect(zoneIn(stateOf(interaction({ context: { timezone } })).zone)).toBe(timezone);
});

test('a state without any of it has the text it had before', () => {
  const { event: _, ...page } = interaction({ type: 'page', name: 'Home' });
  const text = encodeState(stateOf(page));
  expect(text).not.toMatch(/events|spend|responses|consents|zone/);
  expect(encodeState(decodeState(text))).toBe(text);
});
