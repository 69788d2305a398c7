import { describe, expect, test } from 'vitest';
import { readIdentifier } from '#domain/identity/identifier.ts';
import {
  defaultIdentifiers,
  type IdentifierCatalogue,
  type IdentifierSettings,
  readIdentifierCatalogue,
} from '#domain/identity/identifier-catalogue.ts';

function catalogueOf(settings: IdentifierSettings): IdentifierCatalogue {
  const read = readIdentifierCatalogue(settings);
  if (read.kind === 'invalid') throw new Error(read.faults.join('; '));
  return read.catalogue;
}

function faultsOf(settings: unknown): readonly string[] {
  const read = readIdentifierCatalogue(settings);
  return read.kind === 'invalid' ? read.faults : [];
}

const rank = ({ types }: IdentifierCatalogue) =>
  [...types.values()].sort((a, b) => b.priority - a.priority).map(({ name }) => name);

describe('the catalogue', () => {
  test('without settings knows the firm’s own ids before addresses, and addresses before devices', () => {
    expect(rank(catalogueOf({}))).toEqual(['user_id', 'loyalty_id', 'email', 'phone', 'device_id', 'anonymous_id']);
    expect(rank(defaultIdentifiers)).toEqual(rank(catalogueOf({})));
  });

  test('takes a new type as an id of a system of record, of which a customer has one', () => {
    const { types } = catalogueOf({ types: [{ name: 'spa_id' }] });
    expect(types.get('spa_id')).toEqual({
      name: 'spa_id',
      normalise: 'trimmed',
      priority: 800,
      most: 1,
      sharedAbove: null,
      sharedDays: 365,
      blocked: [],
      personal: false,
    });
  });

  test('changes of a known type what the settings say, and nothing else', () => {
    const { types } = catalogueOf({ types: [{ name: 'email', most: null, priority: 950 }] });
    expect(types.get('email')).toEqual({ ...defaultIdentifiers.types.get('email'), most: null, priority: 950 });
  });

  test.each([
    [{ types: [{ name: 'Spa' }] }, ['types.0.name: A name has up to 32 of a-z, 0-9 and _, and begins with a letter.']],
    [{ types: [{ name: 'customer_id' }] }, ['types.0.name: customer_id is the id that Lemniscate gives itself.']],
    [
      { mappings: [{ from: 'groupId', type: 'user_id' }] },
      ['mappings.0.from: Expected userId, anonymousId, previousId or a path such as properties.spa_guest.'],
    ],
    [
      { types: [{ name: 'spa_id' }], mappings: [{ from: 'properties.spa', type: 'spaid' }] },
      [
        'mappings.0.type: There is no type spaid; there are user_id, loyalty_id, email, phone, device_id, anonymous_id, spa_id.',
      ],
    ],
    [{ region: 'Germany' }, ['region: Expected a country of ISO 3166 in two letters, such as DE.']],
  ])('refuses %j in words', (settings, faults) => {
    expect(faultsOf(settings)).toEqual(faults);
  });

  test.each([null, [], { type: [] }, { types: [{ name: 'a', most: 0 }] }, { types: [{ name: 'a', colour: 'red' }] }])(
    'refuses %j',
    (settings) => {
      expect(faultsOf(settings)).not.toEqual([]);
    },
  );
});

describe('a text that names a customer', () => {
  const catalogue = catalogueOf({
    region: 'DE',
    types: [{ name: 'spa_id', blocked: ['house*'] }],
    blocked: ['kiosk-7'],
  });
  const named = (text: string) => {
    const read = readIdentifier(text, catalogue);
    return read.kind === 'identifier' ? `${read.type} = ${read.value}` : read.kind;
  };

  test.each([
    ['user_id:u:1', 'user_id = u:1'],
    ['email:Ada@Example.com', 'email = ada@example.com'],
    ['phone:030 901820', 'phone = +4930901820'],
    ['spa_id: 77 ', 'spa_id = 77'],
    ['customer_id:anything', 'customer_id = anything'],
  ])('%s is %s', (text, expected) => {
    expect(named(text)).toBe(expected);
  });

  test.each([
    ...['', 'user_id', 'user_id:', ':u', 'shoe_size:44', '__proto__:u', 'email:ada', 'customer_id:'],
    ...[
      'user_id:unknown',
      'user_id:NULL',
      'user_id:undefined',
      'user_id:0000',
      'user_id:kiosk-7',
      'loyalty_id:KIOSK-7',
    ],
    ...['device_id:00000000-0000-0000-0000-000000000000', 'email:test@example.com', 'email:x@example.invalid'],
    ...['phone:+49 000', 'spa_id:House guest'],
  ])('%s names nobody', (text) => {
    expect(named(text)).toBe('malformed');
  });

  test('is told apart: an unknown type and a value that can’t name anybody', () => {
    expect(readIdentifier('size:44', catalogue)).toEqual({
      kind: 'malformed',
      message:
        'Expected {type}:{value} with a type of customer_id, user_id, loyalty_id, email, phone, device_id, anonymous_id, spa_id.',
    });
    expect(readIdentifier('email:ada', catalogue)).toEqual({
      kind: 'malformed',
      message: 'Expected a email that can name somebody; this value is malformed or blocked.',
    });
  });

  test('with a pattern of many stars is read in linear time', () => {
    const slow = catalogueOf({ blocked: ['*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*a*b'] });
    const start = process.cpuUsage();
    for (let time = 0; time < 1000; time++) readIdentifier(`user_id:${'a'.repeat(255)}`, slow);
    expect(process.cpuUsage(start).user / 1000).toBeLessThan(1000);
  });
});
