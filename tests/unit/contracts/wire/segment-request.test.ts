import { describe, expect, test } from 'vitest';
import {
  endpointOf,
  largestRepeatedBytes,
  mostBatchItems,
  readSegmentRequest,
} from '#contracts/wire/segment-request.ts';

const eventsOf = (body: unknown, endpoint: Parameters<typeof readSegmentRequest>[1] = 'batch') => {
  const read = readSegmentRequest(JSON.stringify(body), endpoint);
  return read.kind === 'request' ? read.events : read.code;
};

describe('endpoints', () => {
  test.each([
    ['track', 'track'],
    ['identify', 'identify'],
    ['page', 'page'],
    ['screen', 'screen'],
    ['group', 'group'],
    ['alias', 'alias'],
    ['batch', 'batch'],
    ['t', 'track'],
    ['i', 'identify'],
    ['p', 'page'],
    ['s', 'screen'],
    ['g', 'group'],
    ['a', 'alias'],
    ['b', 'batch'],
  ])('%s takes %s', (name, call) => {
    expect(endpointOf(name)).toBe(call);
  });

  test.each(['', 'T', 'tracks', 'export', '__proto__', 'constructor', 'toString'])('"%s" is no endpoint', (name) => {
    expect(endpointOf(name)).toBeUndefined();
  });
});

describe('a single call', () => {
  test('takes its type from the endpoint when it names none', () => {
    expect(eventsOf({ userId: 'u' }, 'identify')).toEqual([{ userId: 'u', type: 'identify' }]);
  });

  test('takes its type from the endpoint when it names another', () => {
    expect(eventsOf({ userId: 'u', type: 'page' }, 'track')).toEqual([{ userId: 'u', type: 'track' }]);
  });

  test('hands on the write key and the time of sending', () => {
    expect(readSegmentRequest('{"writeKey":"k","sentAt":"2026-03-10T12:00:00Z"}', 'track')).toMatchObject({
      writeKey: 'k',
      sentAt: '2026-03-10T12:00:00Z',
    });
  });

  test('has no write key when it is no text', () => {
    expect(readSegmentRequest('{"writeKey":5}', 'track')).not.toHaveProperty('writeKey');
  });
});

describe('a batch', () => {
  test('keeps the order of its events', () => {
    expect(eventsOf({ batch: [{ a: 1 }, { a: 2 }, { a: 3 }] })).toEqual([{ a: 1 }, { a: 2 }, { a: 3 }]);
  });

  test.each<[string, object, object]>([
    ['gives its context to an item without one', { event: 'e' }, { event: 'e', context: { ip: '1', app: 'shop' } }],
    ['gives its context to an item whose own is null', { context: null }, { context: { ip: '1', app: 'shop' } }],
    [
      'lets the item’s context win field by field',
      { context: { ip: '2', os: 'x' } },
      { context: { ip: '2', app: 'shop', os: 'x' } },
    ],
    ['leaves an item’s context that is no object for the reader to refuse', { context: 'x' }, { context: 'x' }],
  ])('%s', (_, item, merged) => {
    expect(eventsOf({ context: { ip: '1', app: 'shop' }, batch: [item] })).toEqual([merged]);
  });

  test('merges its integrations as it does its context', () => {
    const batch = [{}, { integrations: { All: true } }];
    expect(eventsOf({ integrations: { All: false, X: true }, batch })).toEqual([
      { integrations: { All: false, X: true } },
      { integrations: { All: true, X: true } },
    ]);
  });

  test('keeps items that are no objects as they are', () => {
    expect(eventsOf({ context: { a: 1 }, batch: [null, 5, 'x', [1]] })).toEqual([null, 5, 'x', [1]]);
  });

  test.each([{}, { batch: null }, { batch: {} }, { batch: 'x' }])('without an array is refused: %j', (body) => {
    expect(eventsOf(body)).toBe('malformed_batch');
  });

  test('of the most items passes and of one more is refused', () => {
    expect(eventsOf({ batch: Array(mostBatchItems).fill(0) })).toHaveLength(mostBatchItems);
    expect(eventsOf({ batch: Array(mostBatchItems + 1).fill(0) })).toBe('batch_too_large');
  });

  test('is refused when its context would be repeated into too many bytes', () => {
    const context = { filling: 'x'.repeat(30_000) };
    const most = Math.floor(largestRepeatedBytes / JSON.stringify([context, null]).length);
    expect(eventsOf({ context, batch: Array(most).fill({}) })).toHaveLength(most);
    expect(eventsOf({ context, batch: Array(most + 1).fill({}) })).toBe('batch_too_large');
  });
});

describe('a body', () => {
  test.each(['', '{', 'null', '[]', '"text"', '5', '{"a":}', '\u0000'])(
    'that is no JSON object is refused: %j',
    (body) => {
      expect(readSegmentRequest(body, 'track')).toMatchObject({ kind: 'refused', code: 'malformed_json' });
    },
  );

  test('of 500 levels is read and of 501 is refused', () => {
    const nested = (levels: number) => `{"properties":${'['.repeat(levels - 1)}${']'.repeat(levels - 1)}}`;
    expect(readSegmentRequest(nested(500), 'track').kind).toBe('request');
    expect(readSegmentRequest(nested(501), 'track')).toMatchObject({ code: 'malformed_json' });
  });

  test.each(['['.repeat(100_000), '{"a":'.repeat(100_000), `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`])(
    'of 100,000 levels is refused',
    (body) => {
      expect(readSegmentRequest(body, 'track')).toMatchObject({ kind: 'refused', code: 'malformed_json' });
    },
  );

  test('with brackets inside strings does not count them as levels', () => {
    expect(eventsOf({ event: `\\"${'['.repeat(1000)}` }, 'track')).toHaveLength(1);
  });

  test('with prototype keys leaves the prototypes alone', () => {
    const text =
      '{"batch":[{"__proto__":{"polluted":1}}],"context":{"__proto__":{"polluted":1},"constructor":{"a":1}}}';
    expect(readSegmentRequest(text, 'batch').kind).toBe('request');
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });
});
