import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Arrival, deepestEvent, mostTraitsTold, readInteraction } from '#contracts/wire/read-interaction.ts';
import { largestEventBytes } from '#contracts/wire/segment-request.ts';
import { Interaction } from '#domain/interaction/interaction.ts';
import { touchpoints } from '#domain/vocabulary/touchpoint.ts';
import { arrival } from '#support/builders/arrival.ts';
import { nested, trackEvent, trackEventOfBytes } from '#support/builders/segment-event.ts';

const read = (event: unknown, over: Partial<Arrival> = {}) => readInteraction(event, arrival(over));

function accepted(event: unknown, over: Partial<Arrival> = {}): Interaction {
  const result = read(event, over);
  if (result.kind === 'rejected') throw new Error(`Rejected: ${JSON.stringify(result.fault)}`);
  return result.interaction;
}

function faultOf(event: unknown): string {
  const result = read(event);
  return result.kind === 'accepted' ? 'accepted' : `${result.fault.reason} at "${result.fault.path}"`;
}

describe('a valid event', () => {
  test('becomes an interaction with both times and the credential’s touchpoint', () => {
    expect(accepted(trackEvent({ properties: { a: 1 } }))).toEqual({
      messageId: 'm-1',
      type: 'track',
      occurredAt: '2026-03-10T11:59:00.000Z',
      receivedAt: '2026-03-10T12:00:00.000Z',
      touchpoint: 'web',
      standing: 'trusted',
      userId: 'u-1',
      event: 'Product Viewed',
      properties: { a: 1 },
      traits: {},
      context: {},
    });
  });

  test.each<[string, object, Partial<Interaction>]>([
    ['identify keeps its traits', { type: 'identify', userId: 'u', traits: { plan: 'x' } }, { traits: { plan: 'x' } }],
    ['page keeps its name', { type: 'page', userId: 'u', name: 'Home' }, { name: 'Home' }],
    [
      'page takes its category among its properties',
      { type: 'page', userId: 'u', category: 'Docs' },
      { properties: { category: 'Docs' } },
    ],
    [
      'screen prefers the category of its properties',
      { type: 'screen', userId: 'u', category: 'A', properties: { category: 'B' } },
      { properties: { category: 'B' } },
    ],
    ['group keeps its group', { type: 'group', userId: 'u', groupId: 'g' }, { groupId: 'g' }],
    ['alias keeps the id given up', { type: 'alias', userId: 'u', previousId: 'p' }, { previousId: 'p' }],
    ['an anonymous id alone is enough', { type: 'page', anonymousId: 'a' }, { anonymousId: 'a' }],
    ['a number becomes an id', { type: 'page', userId: 42 }, { userId: '42' }],
    ['a number becomes an event name', { type: 'track', userId: 'u', event: 7 }, { event: '7' }],
    ['a message without an id gets one', { type: 'page', userId: 'u' }, { messageId: 'new-id' }],
    ['a message with a blank id gets one', { type: 'page', userId: 'u', messageId: ' ' }, { messageId: 'new-id' }],
    [
      'context.touchpoint wins over the credential’s',
      { type: 'page', userId: 'u', context: { touchpoint: 'call-centre' } },
      { touchpoint: 'call-centre' },
    ],
    [
      'an unknown context.touchpoint changes nothing',
      { type: 'page', userId: 'u', context: { touchpoint: 'moon' } },
      { touchpoint: 'web' },
    ],
    ['the channel is taken from the event', { type: 'page', userId: 'u', channel: 'server' }, { channel: 'server' }],
    [
      'the channel is taken from the context',
      { type: 'page', userId: 'u', context: { channel: 'mobile' } },
      { channel: 'mobile' },
    ],
    [
      'context.traits are the traits of a call without its own',
      { type: 'track', userId: 'u', event: 'e', context: { traits: { plan: 'x' } } },
      { traits: { plan: 'x' } },
    ],
    [
      'traits win over context.traits',
      { type: 'identify', userId: 'u', traits: { a: 1 }, context: { traits: { a: 2, b: 2 } } },
      { traits: { a: 1, b: 2 } },
    ],
  ])('%s', (_, event, expected) => {
    expect(accepted(event)).toMatchObject(expected);
  });

  test('treats nulls as absent fields', () => {
    const event = {
      type: 'page',
      userId: 'u',
      anonymousId: null,
      name: null,
      properties: null,
      traits: null,
      context: null,
      timestamp: null,
      messageId: null,
    };
    expect(accepted(event)).toMatchObject({ messageId: 'new-id', properties: {}, traits: {}, context: {} });
    expect(accepted(event)).not.toHaveProperty('anonymousId');
  });
});

describe('a faulty event is rejected with its reason and path', () => {
  test.each<[string, unknown]>([
    ['malformed_event at ""', null],
    ['malformed_event at ""', 'text'],
    ['malformed_event at ""', 5],
    ['malformed_event at ""', [trackEvent()]],
    ['missing_field at "type"', { userId: 'u' }],
    ['missing_field at "type"', { userId: 'u', type: null }],
    ['unknown_type at "type"', { userId: 'u', type: 'purchase' }],
    ['unknown_type at "type"', { userId: 'u', type: 'TRACK' }],
    ['unknown_type at "type"', { userId: 'u', type: 5, timestamp: 'never' }],
    ['missing_identity at "userId"', { type: 'page' }],
    ['missing_identity at "userId"', { type: 'page', userId: null, anonymousId: null }],
    ['missing_identity at "userId"', { type: 'page', userId: '', anonymousId: '  ' }],
    ['missing_field at "event"', { type: 'track', userId: 'u' }],
    ['missing_field at "event"', { type: 'track', userId: 'u', event: ' ' }],
    ['missing_field at "groupId"', { type: 'group', userId: 'u' }],
    ['missing_field at "previousId"', { type: 'alias', userId: 'u' }],
    ['invalid_field at "userId"', { type: 'page', userId: true }],
    ['invalid_field at "userId"', { type: 'page', userId: { id: 1 } }],
    ['invalid_field at "userId"', { type: 'page', userId: 'x'.repeat(256) }],
    ['invalid_field at "anonymousId"', { type: 'page', anonymousId: ['a'] }],
    ['invalid_field at "messageId"', { type: 'page', userId: 'u', messageId: 'x'.repeat(129) }],
    ['invalid_field at "event"', trackEvent({ event: 'x'.repeat(513) })],
    ['invalid_field at "properties"', trackEvent({ properties: [] })],
    ['invalid_field at "properties"', trackEvent({ properties: 'x' })],
    ['invalid_field at "traits"', trackEvent({ traits: 5 })],
    ['invalid_field at "context"', trackEvent({ context: true })],
    ['invalid_timestamp at "timestamp"', trackEvent({ timestamp: 'yesterday' })],
    ['invalid_timestamp at "timestamp"', trackEvent({ timestamp: 1_773_144_000_000 })],
    ['invalid_timestamp at "timestamp"', trackEvent({ timestamp: '2026-02-30T12:00:00Z' })],
    ['invalid_timestamp at "originalTimestamp"', trackEvent({ originalTimestamp: '' })],
    ['timestamp_out_of_range at "timestamp"', trackEvent({ timestamp: '9999-12-31T23:59:59Z' })],
    ['timestamp_out_of_range at "timestamp"', trackEvent({ timestamp: '1969-12-31T23:59:59.999Z' })],
    ['timestamp_out_of_range at "originalTimestamp"', trackEvent({ originalTimestamp: '2026-03-11T12:00:00.001Z' })],
    ['timestamp_out_of_range at "timestamp"', trackEvent({ sentAt: '9999-12-31T23:59:59Z' })],
    [
      'timestamp_out_of_range at "timestamp"',
      trackEvent({ timestamp: '2026-03-13T12:00:00Z', sentAt: '2026-03-12T12:00:00Z' }),
    ],
    ['invalid_amount at "properties.revenue"', trackEvent({ event: 'Order Completed', properties: { revenue: -1 } })],
    ['invalid_amount at "properties.total"', trackEvent({ event: 'Order Refunded', properties: { total: 'x' } })],
    [
      'invalid_currency at "properties.currency"',
      trackEvent({ event: 'Order Completed', properties: { currency: 'EURO' } }),
    ],
    ['event_too_deep at ""', trackEvent({ properties: nested(deepestEvent) })],
    ['event_too_deep at ""', trackEvent({ properties: nested(400) })],
    ['too_many_traits at "traits"', { type: 'identify', userId: 'u', traits: traitsOf(mostTraitsTold + 1) }],
    ['too_many_traits at "traits"', { type: 'page', userId: 'u', context: { traits: traitsOf(mostTraitsTold + 1) } }],
  ])('%s, case %#', (expected, event) => {
    expect(faultOf(event)).toBe(expected);
  });

  test('and what can be read of its type and message id, cut to their lengths', () => {
    expect(read({ type: 'x'.repeat(50), messageId: 'm'.repeat(200) })).toMatchObject({
      type: 'x'.repeat(20),
      messageId: 'm'.repeat(128),
    });
  });

  test('and without any of its values in the words', () => {
    const result = read(trackEvent({ userId: 'u', timestamp: 'ann@example.org' }));
    expect(JSON.stringify(result)).not.toContain('ann@example.org');
  });
});

describe('limits', () => {
  test.each(['x', 'ü', '靴'])(
    'accepts an event of exactly 32 KB and rejects one byte more, counted in UTF-8 (%s)',
    (character) => {
      expect(faultOf(trackEventOfBytes(largestEventBytes, character))).toBe('accepted');
      expect(faultOf(trackEventOfBytes(largestEventBytes + 1, character))).toBe('event_too_large at ""');
    },
  );

  test('accepts the deepest event and rejects one level more', () => {
    expect(faultOf(trackEvent({ properties: nested(deepestEvent - 1) }))).toBe('accepted');
    expect(faultOf(trackEvent({ properties: nested(deepestEvent) }))).toBe('event_too_deep at ""');
    expect(faultOf({ type: 'identify', userId: 'u', traits: traitsOf(mostTraitsTold) })).toBe('accepted');
  });

  test.each([
    ['userId', 255],
    ['messageId', 128],
    ['event', 512],
    ['channel', 64],
  ])('accepts a %s of %i characters and rejects one more', (field, most) => {
    expect(faultOf(trackEvent({ [field]: 'x'.repeat(most) }))).toBe('accepted');
    expect(faultOf(trackEvent({ [field]: 'x'.repeat(most + 1) }))).toBe(`invalid_field at "${field}"`);
  });
});

describe('the clock', () => {
  const at = (over: Record<string, unknown>, sentAt?: string) => accepted(trackEvent(over), { sentAt }).occurredAt;
  const sentInTime = '2026-03-10T11:59:00.000Z';
  const sentLate = '2026-03-10T11:58:59.999Z';

  test('of an event without a timestamp is the arrival', () => {
    expect(at({ timestamp: undefined })).toBe('2026-03-10T12:00:00.000Z');
  });

  test('is believed when it differs by no more than a minute', () => {
    expect(at({ timestamp: '2026-03-10T11:30:00Z' }, sentInTime)).toBe('2026-03-10T11:30:00.000Z');
  });

  test('is corrected when it differs by more than a minute', () => {
    expect(at({ timestamp: '2026-03-10T11:30:00Z' }, sentLate)).toBe('2026-03-10T11:31:00.001Z');
  });

  test('is corrected when it is ahead by more than a minute', () => {
    expect(at({ timestamp: '2026-03-10T14:00:00Z' }, '2026-03-10T15:00:00Z')).toBe('2026-03-10T11:00:00.000Z');
  });

  test('is corrected by the event’s own sentAt before the batch’s', () => {
    expect(at({ timestamp: '2026-03-10T10:00:00Z', sentAt: '2026-03-10T11:00:00Z' }, sentInTime)).toBe(
      '2026-03-10T11:00:00.000Z',
    );
  });

  test('is corrected from originalTimestamp when the event has one', () => {
    const times = { originalTimestamp: '2026-03-10T10:00:00Z', timestamp: '2026-03-10T11:00:00Z' };
    expect(at(times)).toBe('2026-03-10T10:00:00.000Z');
  });

  test.each(['never', '', 'null'])('is believed when the sentAt can’t be read (%j)', (sentAt) => {
    expect(at({}, sentAt)).toBe('2026-03-10T11:59:00.000Z');
  });

  test('may be a day ahead of the arrival and no millisecond more', () => {
    expect(faultOf(trackEvent({ timestamp: '2026-03-11T12:00:00.000Z' }))).toBe('accepted');
    expect(faultOf(trackEvent({ timestamp: '2026-03-11T12:00:00.001Z' }))).toContain('timestamp_out_of_range');
  });
});

describe('hostile JSON', () => {
  test('has its lone surrogates mended in values and keys', () => {
    const event = trackEvent({ userId: 'u\ud800', event: '\udfff!', properties: { 'k\ud800': ['\ud83d'], ok: '👟' } });
    expect(accepted(event)).toMatchObject({
      userId: 'u\ufffd',
      event: '\ufffd!',
      properties: { 'k\ufffd': ['\ufffd'], ok: '👟' },
    });
  });

  test('with prototype keys pollutes nothing and stays plain data', () => {
    const event = JSON.parse(
      '{"type":"track","userId":"u","event":"e","__proto__":{"admin":1},"properties":{"__proto__":{"admin":1},"constructor":{"prototype":{"admin":1}},"toString":"x","a":{"__proto__":{"b":1}}}}',
    );
    const { properties } = accepted(event);
    expect(Reflect.get({}, 'admin')).toBeUndefined();
    expect(properties.admin).toBeUndefined();
    expect(properties).toMatchObject({ constructor: { prototype: { admin: 1 } }, toString: 'x' });
  });

  test('with a number beyond all numbers as an id is rejected', () => {
    expect(faultOf(JSON.parse('{"type":"page","userId":1e400}'))).toBe('invalid_field at "userId"');
  });

  const mostly = <Value>(valid: fc.Arbitrary<Value>) =>
    fc.oneof({ weight: 15, arbitrary: valid }, { weight: 1, arbitrary: fc.jsonValue({ stringUnit: 'binary' }) });
  const time = mostly(fc.integer({ min: 0, max: 2e12 }).map((ms) => new Date(ms).toISOString()));
  const anyObject = mostly(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ stringUnit: 'binary' })));
  const eventLike = fc.record(
    {
      type: mostly(fc.constantFrom('track', 'identify', 'page', 'screen', 'group', 'alias')),
      userId: mostly(fc.string({ unit: 'binary', minLength: 1 })),
      anonymousId: mostly(fc.uuid()),
      groupId: mostly(fc.string({ minLength: 1 })),
      previousId: mostly(fc.string({ minLength: 1 })),
      event: mostly(fc.constantFrom('Order Completed', 'Order Refunded', 'Product Viewed')),
      messageId: mostly(fc.string({ unit: 'binary' })),
      timestamp: time,
      sentAt: time,
      properties: fc.oneof(
        anyObject,
        fc.record({
          revenue: mostly(fc.double({ min: 0, max: 1e6 })),
          currency: mostly(fc.constant('EUR')),
          products: fc.jsonValue(),
        }),
      ),
      traits: anyObject,
      context: anyObject,
    },
    { requiredKeys: ['type'] },
  );

  test('of any shape is accepted as a whole interaction or rejected by name, and never throws', () => {
    let acceptedCount = 0;
    fc.assert(
      fc.property(fc.oneof(eventLike, fc.jsonValue({ stringUnit: 'binary' })), fc.jsonValue(), (event, sentAt) => {
        const result = read(event, { sentAt });
        if (result.kind === 'rejected') {
          expect(result.fault.reason).toMatch(/^[a-z_]+$/);
          return;
        }
        acceptedCount++;
        const text = JSON.stringify(result.interaction);
        expect(text.isWellFormed()).toBe(true);
        expect(text).not.toMatch(/\\ud[89a-f]/);
        expect(Interaction.parse(JSON.parse(text))).toEqual(JSON.parse(text));
      }),
      { numRuns: 2000 },
    );
    // Otherwise the property says nothing of what is accepted.
    expect(acceptedCount).toBeGreaterThan(100);
  });
});

function traitsOf(count: number): Record<string, number> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`trait ${index}`, index]));
}

test('a lead with an e-mail where nobody looks for one is told the places of identifiers', () => {
  const lead = { type: 'track', event: 'Lead Submitted', properties: { email: 'ada@example.com' } };
  const places = 'user_id in userId, anonymous_id in anonymousId or previousId, email in traits.email';
  expect(read(lead)).toMatchObject({
    kind: 'rejected',
    fault: { reason: 'missing_identity', path: 'userId', detail: expect.stringContaining(places) },
  });
});

describe('a place', () => {
  const ownOnly = { touchpoint: 'web', speaksFor: (touchpoint: string) => touchpoint === 'web' } as const;

  test.each(touchpoints.filter((touchpoint) => touchpoint !== 'web'))(
    'is the credential’s own, whatever an event says of itself: %s',
    (touchpoint) => {
      const foreign = { type: 'page', userId: 'u', channel: touchpoint, context: { touchpoint, channel: touchpoint } };
      const made = accepted(foreign, ownOnly);
      expect([made.touchpoint, made.channel]).toEqual(['web', undefined]);
      expect(accepted({ ...foreign, channel: ` ${touchpoint.toUpperCase()} ` }, ownOnly).channel).toBeUndefined();
      expect(accepted({ ...foreign, channel: 'browser' }, ownOnly).channel).toBe('browser');
    },
  );

  test('of the stage’s own is meant by who names it, and by nobody else, not even with the scope admin', () => {
    const said = { type: 'page', userId: 'u', context: { touchpoint: 'kiosk' } };
    const names = (touchpoint: string) => touchpoint === 'kiosk';
    expect(accepted(said, { touchpoint: 'spa', names }).touchpoint).toBe('kiosk');
    expect(accepted(said, { touchpoint: 'spa', speaksFor: () => true }).touchpoint).toBe('spa');
  });
});

describe('a name of Lemniscate’s own', () => {
  test.each([
    ['event', { event: 'Disposition Captured' }],
    ['event', { event: ' disposition captured ' }],
    ['messageId', { event: 'e', messageId: 'disposition:019cad2f-0000-7000-8000-000000000000:tv:clicked' }],
    ['messageId', { event: 'e', messageId: 'consents:1' }],
  ])('is refused from anybody else: %s of %j', (path, over) => {
    for (const trust of ['public', 'server'] as const) {
      const result = read({ type: 'track', userId: 'u', ...over }, { trust });
      expect(result).toMatchObject({ kind: 'rejected', fault: { reason: 'reserved_name', path } });
    }
  });
});
