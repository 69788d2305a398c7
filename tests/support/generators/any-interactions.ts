import fc from 'fast-check';
import type { Interaction } from '#domain/interaction/interaction.ts';
import { isoCurrencies } from '#domain/vocabulary/iso-currencies.ts';
import { interaction } from '#support/builders/interaction.ts';

const currencies = [...isoCurrencies];

const nastyName = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom('a', 'b', 'shoes', 'Zoë', '靴', '__proto__', 'constructor', 'toString', '👟'),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }) },
);

const at = (time: number) => new Date(time).toISOString();

// Few distinct times, so that many are equal; huge gaps; edges of days, half hours, months and years.
const nastyTime = fc.oneof(
  { weight: 1, arbitrary: fc.constant('9999-12-31T23:59:59.999Z') },
  {
    weight: 30,
    arbitrary: fc.constantFrom(
      '1970-01-01T00:00:00.000Z',
      '2026-01-31T23:59:59.999Z',
      '2026-02-01T00:00:00.000Z',
      '2026-02-01T00:30:00.000Z',
      '2026-02-01T01:10:00.000Z',
      '2026-03-10T12:00:00.000Z',
      '2026-12-31T23:45:00.000Z',
      '2027-06-15T00:00:00.000Z',
    ),
  },
  { weight: 40, arbitrary: fc.integer({ min: 0, max: 47 }).map((slot) => at(Date.UTC(2026, 1, 2) + slot * 1_800_000)) },
  {
    weight: 30,
    arbitrary: fc.integer({ min: 0, max: 500 * 24 }).map((hour) => at(Date.UTC(2026, 0, 1) + hour * 3_600_000)),
  },
);

const traits = fc.dictionary(
  fc.oneof(nastyName, fc.constantFrom('plan', 'email', 'first_name', 'age')),
  fc.oneof(fc.constant(null), fc.jsonValue({ maxDepth: 3 }), fc.string({ minLength: 1100, maxLength: 1200 })),
  { maxKeys: 4 },
);

const money = fc.record({
  order_id: fc.option(fc.constantFrom('o-1', 'o-2', 'o-3', '__proto__'), { nil: null }),
  currency: fc.constantFrom('EUR', 'USD', 'JPY', null),
  revenue: fc.oneof(fc.integer({ min: 0, max: 100 }), fc.constant(null), fc.constant(9_999_999_999)),
});

const products = fc.record({
  products: fc.array(fc.record({ product_id: nastyName, category: nastyName }), { maxLength: 3 }),
});

const dispositionProperties = fc.record({
  disposition: fc.constantFrom('presented', 'ignored', 'accepted', 'shrugged', 'unsubscribed'),
  treatment_id: fc.oneof(
    fc.integer({ min: 0, max: 40 }).map((index) => `treatment-${index}`),
    fc.constant('Not an id'),
  ),
  offer_id: fc.constantFrom('upgrade', 'a'.repeat(64)),
  offer_group: fc.constantFrom('retention', 'b'.repeat(64)),
  channel: fc.constantFrom('web', 'email'),
});

const properties = fc.oneof(
  dispositionProperties,
  fc.constant({}),
  products,
  fc.tuple(money, products).map(([a, b]) => ({ ...a, ...b })),
  money,
);

const anyContent = fc.record({
  type: fc.constantFrom('track', 'track', 'track', 'identify', 'page', 'screen', 'group', 'alias'),
  event: fc.oneof(
    fc.constantFrom('Order Completed', 'Order Completed', 'Order Refunded', 'Order Cancelled', 'Product Viewed'),
    fc.constantFrom('Disposition Captured', 'Mail of ada@example.com', 'Unsubscribed', 'Consent Preference Updated'),
  ),
  occurredAt: nastyTime,
  sequence: fc.option(fc.nat(3), { nil: undefined }),
  receivedAt: nastyTime,
  standing: fc.constantFrom('trusted', 'trusted', 'claimed'),
  touchpoint: fc.constantFrom('web', 'app', 'call-centre'),
  properties,
  traits,
  context: fc.oneof(
    fc.constant({}),
    nastyName.map((name) => ({ campaign: { name } })),
    fc
      .record({
        category: fc.oneof(nastyName, fc.constantFrom('marketing', 'marketing:email')),
        granted: fc.oneof(fc.boolean(), fc.constant('yes')),
        timezone: fc.constantFrom('Europe/Berlin', 'America/Argentina/Salta', 'Etc/Unknown', 'Not a zone', 7),
      })
      .map(({ category, granted, timezone }) => ({
        consent: { categoryPreferences: { [category]: granted } },
        timezone,
      })),
  ),
  groupId: fc.option(nastyName, { nil: null }),
  channel: fc.option(nastyName, { nil: null }),
  identifiers: fc
    .subarray(['user_id:u', 'email:a', 'email:b', 'anonymous_id:x', 'device_id:d'])
    .map((keys) => keys.map((key) => ({ key }))),
});

/** Interactions of one persona with distinct message ids, as hostile as the door lets through and more. */
export function anyInteractions(maxLength = 25): fc.Arbitrary<Interaction[]> {
  return fc
    .tuple(fc.array(anyContent, { maxLength }), fc.constantFrom('m', '__proto__', '靴', 'x'.repeat(120)))
    .map(([contents, prefix]) =>
      contents.map(({ groupId, channel, sequence, ...content }, index) =>
        interaction({
          ...content,
          ...(sequence === undefined ? {} : { sequence }),
          messageId: index === 0 ? prefix : `${prefix}-${index}`,
          ...(groupId === null ? {} : { groupId }),
          ...(channel === null ? {} : { channel }),
        }),
      ),
    );
}

/** So many different names that every limit on their number is passed, within two months. */
export function anyCrowd(): fc.Arbitrary<Interaction[]> {
  const name = fc.integer({ min: 0, max: 150 }).map((number) => `name ${number}`);
  const content = fc.record({
    day: fc.integer({ min: 1, max: 40 }),
    names: fc.array(name, { minLength: 1, maxLength: 8 }),
  });
  return fc.array(content, { minLength: 60, maxLength: 80 }).map((contents) =>
    contents.map(({ day, names: [first = 'name', ...others] }, index) =>
      interaction({
        messageId: `m-${index}`,
        occurredAt: new Date(Date.UTC(2026, 0, day)).toISOString(),
        touchpoint: first,
        channel: first,
        groupId: first,
        identifiers: [first, ...others].map((value) => ({ key: `email:${value}` })),
        context: { campaign: { name: first } },
        traits: Object.fromEntries(others.map((key) => [key, index])),
        event: 'Order Completed',
        properties: {
          currency: currencies[(index * 3 + (day % 3)) % currencies.length],
          order_id: `o-${day}`,
          revenue: index,
          products: others.map((id) => ({ product_id: id, category: id })),
        },
      }),
    ),
  );
}
