import { gzipSync } from 'node:zlib';
import fc from 'fast-check';

/** One hostile request to the collect API: where to, with what body and headers. */
export interface FuzzedRequest {
  readonly path: string;
  readonly body: Uint8Array;
  readonly headers: Record<string, string>;
}

const paths = ['track', 'identify', 'page', 'screen', 'group', 'alias', 'batch', 't', 'i', 'p', 's', 'g', 'a', 'b'];

const oddText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    '',
    ' ',
    '\u0000',
    '\ud800',
    '\udfff x',
    '__proto__',
    'constructor',
    'null',
    'NaN',
    '-0',
    '1e999',
    'ümläut@exämple.de',
  ),
);
const oddTime = fc.oneof(
  fc.constantFrom(
    '9999-12-31T23:59:59.999Z',
    '0000-01-01',
    '2026-02-30',
    '2026-06-01T12:00:00+99:99',
    '+275760-09-13T00:00:00.000Z',
    'yesterday',
    '',
  ),
  fc.date({ noInvalidDate: true }).map((date) => date.toISOString()),
  fc.integer(),
);
const oddValue = fc.oneof(
  { weight: 4, arbitrary: oddText },
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.jsonValue({ maxDepth: 6 }),
);
const money = fc.oneof(fc.double(), fc.integer(), oddText, fc.constantFrom('11.77', '1e3', -1, 1e300));
const properties = fc.oneof(
  fc.dictionary(oddText, oddValue, { maxKeys: 5 }),
  fc.record(
    {
      revenue: money,
      total: money,
      currency: oddValue,
      order_id: oddValue,
      products: fc.array(fc.dictionary(fc.constantFrom('product_id', 'category'), oddValue), { maxLength: 3 }),
    },
    { requiredKeys: [] },
  ),
  oddValue,
);

/** A valid value most of the time, so that an event with many fields has a chance. */
const mostly = (valid: fc.Arbitrary<unknown>, odd: fc.Arbitrary<unknown> = oddValue) =>
  fc.oneof({ weight: 19, arbitrary: valid }, { weight: 1, arbitrary: odd });

/** An event along the OpenAPI schema's fields, each of which may be anything. */
const event = fc.oneof(
  { weight: 1, arbitrary: oddValue },
  {
    weight: 8,
    arbitrary: fc.record(
      {
        type: mostly(fc.constantFrom('track', 'identify', 'page', 'screen', 'group', 'alias')),
        messageId: mostly(fc.uuid()),
        userId: mostly(fc.oneof(fc.string({ minLength: 1, maxLength: 20 }), fc.nat())),
        anonymousId: mostly(fc.uuid()),
        groupId: mostly(fc.uuid()),
        previousId: mostly(fc.uuid()),
        event: mostly(fc.constantFrom('Order Completed', 'Order Refunded', 'Product Viewed')),
        name: mostly(oddText),
        category: mostly(oddText),
        channel: mostly(oddText),
        timestamp: mostly(
          fc.constantFrom('2026-06-01T12:00:00Z', '1997-01-01', '2026-02-28T23:59:59.999999+02:00'),
          oddTime,
        ),
        originalTimestamp: mostly(fc.constant(null), oddTime),
        sentAt: mostly(fc.constant(null), oddTime),
        properties: mostly(fc.dictionary(oddText, oddValue, { maxKeys: 5 }), properties),
        traits: mostly(fc.dictionary(oddText, oddValue, { maxKeys: 5 })),
        context: mostly(
          fc.dictionary(fc.constantFrom('traits', 'campaign', 'device', 'touchpoint', 'ip', 'channel'), oddValue),
        ),
      },
      { requiredKeys: ['type', 'messageId', 'userId', 'event', 'groupId', 'previousId'] },
    ),
  },
);

const jsonBody = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record(
      {
        batch: fc.array(event, { maxLength: 6 }),
        sentAt: mostly(fc.constant(null), oddTime),
        context: mostly(fc.constant(null)),
        integrations: oddValue,
      },
      { requiredKeys: ['batch'] },
    ),
  },
  { weight: 3, arbitrary: event },
  { weight: 1, arbitrary: oddValue },
);

const bytes = fc.oneof(
  { weight: 6, arbitrary: jsonBody.map((value) => Buffer.from(JSON.stringify(value) ?? '')) },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }) },
  {
    weight: 1,
    arbitrary: fc.tuple(jsonBody, fc.nat(), fc.nat(255)).map(([value, place, byte]) => {
      const broken = Buffer.from(JSON.stringify(value) ?? '');
      if (broken.length > 0) broken[place % broken.length] = byte;
      return broken;
    }),
  },
);

/** Requests along the OpenAPI schemas and of raw bytes, plain and gzip. */
export const fuzzedRequest: fc.Arbitrary<FuzzedRequest> = fc
  .record({
    path: fc
      .oneof({ weight: 3, arbitrary: fc.constant('batch') }, fc.constantFrom(...paths))
      .map((name) => `/v1/${name}`),
    body: bytes,
    isGzip: fc.boolean(),
    isBroken: fc.nat(9).map((draw) => draw === 0),
    type: fc.constantFrom(
      'application/json',
      'text/plain',
      'text/plain;charset=UTF-8',
      'application/octet-stream',
      'x/y',
    ),
  })
  .map(({ path, body, isGzip, isBroken, type }) => {
    const packed = isGzip ? gzipSync(body) : body;
    return {
      path,
      body: isBroken ? packed.subarray(0, packed.length >> 1) : packed,
      headers: { 'content-type': type, ...(isGzip ? { 'content-encoding': 'gzip' } : {}) },
    };
  });
