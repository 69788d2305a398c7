import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { interactionToRow } from '#contracts/lake/interactions/interaction-row.ts';
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

/** Cards and bank accounts that pass their check. */
const luhn = (start: string) => {
  const sum = [...start].reverse().reduce((total, digit, index) => {
    const weighed = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return total + (weighed > 9 ? weighed - 9 : weighed);
  }, 0);
  return `${start}${(10 - (sum % 10)) % 10}`;
};
const iban = (account: string) => {
  const rest = [...`${account}131400`].reduce((left, digit) => (left * 10 + Number(digit)) % 97, 0);
  return `DE${String(98 - rest).padStart(2, '0')}${account}`;
};
const digits = (count: number) => fc.stringMatching(new RegExp(`^[1-9][0-9]{${count - 1}}$`));
const personalValue = fc.oneof(
  fc.emailAddress().map((address) => `q${address.replace(/[^a-z0-9@.]/gi, 'x')}`),
  digits(10).map((number) => `+49${number}`),
  digits(9).map((number) => `0${number.slice(0, 3)} ${number.slice(3)}`),
  digits(9).map((number) => `0049 ${number}`),
  digits(14).map((number) => luhn(`4${number}`)),
  digits(14).map((number) => luhn(`4${number}`).replace(/(.{4})(?!$)/g, '$1 ')),
  digits(18).map(iban),
);
const dressings: readonly ((value: string) => string)[] = [
  (value) => value,
  (value) => `to ${value}, please`,
  (value) => `https://shop.example/a?q=${encodeURIComponent(value)}&b=1`,
  (value) => `"${value}"`,
];
const dressedValue = fc.tuple(personalValue, fc.constantFrom(...dressings));

test('no address, number, card or account is in a row, in whatever field, text or place it is told', () => {
  fc.assert(
    fc.property(dressedValue, fc.nat(8), ([value, dress], place) => {
      const text = dress(value);
      const at = (index: number) => (place === index ? text : 'plain');
      const source = interaction({
        event: at(0),
        name: at(1),
        channel: at(2),
        properties: { note: at(3), list: [{ deep: at(4) }], [at(5)]: 1 },
        traits: { about: at(6) },
        context: { page: { url: at(7) }, campaign: { name: at(8) } },
      });
      const row = JSON.stringify(interactionToRow(source, 'persona-1'));
      for (const form of [value, value.replaceAll(' ', ''), encodeURIComponent(value)]) expect(row).not.toContain(form);
    }),
    { numRuns: 2000 },
  );
});

test('fields of people are left out in other languages, with and without marks, in any spelling', () => {
  const names = [
    'nombre',
    'apellidos',
    'Vorname',
    'nachname',
    'prénom',
    'PRENOM',
    'nom_de_famille',
    'cognome',
    'sobrenome',
    'imię',
  ];
  const more = [
    'fecha_nacimiento',
    'Geburtsdatum',
    'date de naissance',
    'dob',
    'teléfono',
    'correo',
    'имя',
    '姓名',
    'codice-fiscale',
    'iban',
    'lat',
    'clientIp',
  ];
  for (const name of [...names, ...more, 'customerVorname', 'billing_apellido']) {
    expect(withoutPersonalData({ [name]: 'x', total: 1 })).toEqual({ total: 1 });
    expect(isPersonalTrait(name)).toBe(true);
  }
});
