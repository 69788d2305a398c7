import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { interactionToRow } from '#domain/lake/interaction-row.ts';
import {
  isPersonalTrait,
  withoutAddresses,
  withoutPersonalData,
  withoutPersonalTraits,
} from '#domain/privacy/personal-data.ts';
import { interaction } from '#support/builders/interaction.ts';

describe('a text loses', () => {
  test.each([
    ['ann@example.org', '[removed]'],
    ['Write to Ann.Lee+shop@mail.example.co.uk, please', 'Write to [removed], please'],
    ["<o'neil@example.org>", '<[removed]>'],
    ['jürgen@müller.de', '[removed]'],
    ['https://shop.example/?email=ann%40example.org&a=1', 'https://shop.example/?email=[removed]&a=1'],
    ['a@b.de;c@d.de', '[removed];[removed]'],
    ['Call +49 151 2345678', 'Call [removed]'],
    ['+1 (415) 555-0100', '[removed]'],
    ['?tel=%2B4915123456789', '?tel=[removed]'],
  ])('addresses: %s', (text, expected) => {
    expect(withoutAddresses(text)).toBe(expected);
  });

  test.each([
    'user@localhost',
    '@shop',
    'SKU-12-345-678',
    '2026-03-10T12:00:00+02:00',
    '1+2=3',
    'size 38.5',
    'a @ b.de',
  ])('nothing when it holds no address: %s', (text) => {
    expect(withoutAddresses(text)).toBe(text);
  });

  test.each([
    'a'.repeat(32_000),
    'a@'.repeat(16_000),
    'a.'.repeat(16_000),
    `x@${'a'.repeat(32_000)}`,
    '+1 '.repeat(10_000),
  ])('addresses in linear time, case %#', (text) => {
    const start = process.cpuUsage();
    withoutAddresses(text);
    // A search that starts at every character takes half a second and more.
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(200);
  });
});

describe('an object loses', () => {
  test.each<[string, object, object]>([
    ['fields of direct identifiers in any spelling', { email: 1, 'E-Mail': 1, PhoneNumber: 1, user_id: 1, IP: 1 }, {}],
    ['fields that end in an identifier', { billing_phone: '1', customerEmail: 'x', shippingAddress2: 'x' }, {}],
    ['lists of identifiers', { user_ids: ['a'], emails: ['b'], phones: [1] }, {}],
    ['identifiers in nested objects and lists', { a: [{ b: { ssn: 1, keep: 2 } }] }, { a: [{ b: { keep: 2 } }] }],
    ['addresses in its keys', { 'ann@example.org': 1 }, { '[removed]': 1 }],
    ['traits in its context', { traits: { plan: 'x' }, app: 'shop' }, { app: 'shop' }],
    [
      'the id of the device',
      { device: { id: 'd', ID: 'd', model: 'm', advertisingId: 'a' } },
      { device: { model: 'm' } },
    ],
  ])('%s', (_, object, expected) => {
    expect(withoutPersonalData({ ...object })).toEqual(expected);
  });

  test.each<[string, object]>([
    ['consents by channel', { consent: { categoryPreferences: { email: true, phone: false } } }],
    ['whether a device is mobile', { userAgentData: { mobile: true }, isMobile: false }],
    [
      'words that only contain an identifier',
      { headphone: 'Bose', smartphone_model: 'x', emailed: 3, ship: 'x', tip: 2 },
    ],
    ['ids of things', { order_id: 'o', product_id: 'p', decision_id: 'd', products: [{ sku: 's', name: 'Shoe' }] }],
    ['numbers, nulls and booleans', { a: 1, b: null, c: false, d: [1.5, null] }],
  ])('nothing of %s', (_, object) => {
    expect(withoutPersonalData({ ...object })).toEqual(object);
  });
});

describe('traits lose', () => {
  test.each([
    'address',
    'age',
    'avatar',
    'birthday',
    'description',
    'email',
    'firstName',
    'first_name',
    'First Name',
    'gender',
    'id',
    'lastName',
    'name',
    'phone',
    'title',
    'username',
    'website',
    'ip',
    'mobile',
    'userId',
  ])('the personal trait %s', (name) => {
    expect(isPersonalTrait(name)).toBe(true);
    expect(withoutPersonalTraits({ [name]: 'x', plan: 'gold' })).toEqual({ plan: 'gold' });
  });

  test.each(['createdAt', 'company', 'plan', 'logins', 'company_name', 'page'])('nothing of the trait %s', (name) => {
    expect(withoutPersonalTraits({ [name]: 'x' })).toEqual({ [name]: 'x' });
  });
});

const identifiers = 'email phone ip address first_name last_name user_id anonymous_id device_id email_address'.split(
  ' ',
);
const spellings: ((words: string[]) => string)[] = [
  (words) => words.join('_'),
  (words) => words.join('-'),
  (words) => words.join(' '),
  (words) => words.join('').toUpperCase(),
  (words) => words.map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1))).join(''),
  (words) => words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(''),
  (words) => `customer_${words.join('_')}`,
  (words) => `$${words.join('_')}`,
];
const secretField = fc
  .tuple(fc.constantFrom(...identifiers), fc.constantFrom(...spellings))
  .map(([name, spell]) => [spell(name.split('_')), 'secret-value'] as const);
const address = fc.constantFrom(
  'secret@example.org',
  'SECRET.x+y@mail.example.org',
  '+49 151 secret'.replace('secret', '2345678'),
);
const textWithAddress = fc
  .tuple(fc.constantFrom('', 'to ', '<', 'https://x.example/?q='), address, fc.constantFrom('', ' now', '>', '&a=1'))
  .map((parts) => parts.join(''));

/** A JSON object into which identifiers are planted at some depth. */
const planted = fc.letrec((tie) => ({
  node: fc.oneof(
    { maxDepth: 6, depthSize: 'medium' },
    fc.constantFrom<unknown>(1, null, true, 'plain'),
    textWithAddress,
    fc.array(tie('node'), { maxLength: 3 }),
    tie('object'),
  ),
  object: fc
    .tuple(
      fc.dictionary(fc.constantFrom('a', 'b', 'products', 'page', 'device', 'traits', '__proto__'), tie('node'), {
        maxKeys: 3,
      }),
      fc.array(secretField, { maxLength: 2 }),
      fc.option(fc.tuple(textWithAddress, tie('node')), { nil: undefined }),
    )
    .map(([fields, secrets, keyed]) =>
      Object.fromEntries([...Object.entries(fields), ...secrets, ...(keyed === undefined ? [] : [keyed])]),
    ),
}));
const plantedObject = planted.object as fc.Arbitrary<Record<string, unknown>>;

test('no direct identifier and no reserved personal trait reaches a row, wherever it is planted', () => {
  const reserved = fc.dictionary(
    fc.constantFrom('name', 'age', 'gender', 'Birth-Day', 'avatar'),
    fc.constant('secret-value'),
  );
  let plantedCount = 0;
  fc.assert(
    fc.property(plantedObject, plantedObject, plantedObject, reserved, textWithAddress, (a, b, c, personal, text) => {
      const source = interaction({
        userId: 'secret-value',
        anonymousId: 'secret-value',
        groupId: 'secret-value',
        previousId: 'secret-value',
        event: text,
        name: text,
        channel: text,
        properties: { ...a, product_id: text, category: text },
        context: { ...b, campaign: { name: text } },
        traits: { ...c, ...personal },
      });
      if (JSON.stringify([a, b, c]).includes('secret')) plantedCount++;
      expect(JSON.stringify(interactionToRow(source, 'persona-1'))).not.toMatch(/secret|2345678/i);
    }),
    { numRuns: 1000 },
  );
  expect(plantedCount).toBeGreaterThan(300);
});
