import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { identifiersOf, mostIdentifiers, type Naming } from '#domain/identity/extract-identifiers.ts';
import { defaultIdentifiers, readIdentifierCatalogue } from '#domain/identity/identifier-catalogue.ts';

const read = readIdentifierCatalogue({
  region: 'DE',
  types: [{ name: 'hotel_id', most: 3 }, { name: 'spa_id' }],
  mappings: [
    { from: 'userId', type: 'hotel_id', touchpoint: 'ordering' },
    { from: 'properties.spa_guest', type: 'spa_id', touchpoint: 'store' },
    { from: 'properties.buyer.mail', type: 'email' },
  ],
});
if (read.kind === 'invalid') throw new Error(read.faults.join('; '));
const { catalogue } = read;

const naming = (over: Partial<Naming>): Naming => ({
  type: 'track',
  touchpoint: 'web',
  properties: {},
  traits: {},
  context: {},
  ...over,
});
const found = (over: Partial<Naming>) =>
  identifiersOf(naming(over), catalogue).map(({ type, value }) => `${type}:${value}`);

describe('the identifiers of an interaction', () => {
  test('stand in all places of the Segment spec, the highest priority first', () => {
    expect(
      found({
        userId: 'u',
        anonymousId: 'a',
        traits: { email: 'Ada@Example.com', phone: '030 901820' },
        context: {
          device: { id: 'D-1', advertisingId: 'IDFA-9' },
          externalIds: [
            { id: 'l', type: 'loyalty_id', collection: 'users', encoding: 'none' },
            { id: 77, type: 'spa_id' },
          ],
        },
      }),
    ).toEqual([
      'user_id:u',
      'loyalty_id:l',
      'spa_id:77',
      'email:ada@example.com',
      'phone:+4930901820',
      'device_id:d-1',
      'device_id:idfa-9',
      'anonymous_id:a',
    ]);
  });

  test.each<[string, Partial<Naming>, string[]]>([
    ['a mapping of its touchpoint replaces the general one', { touchpoint: 'ordering', userId: 'g' }, ['hotel_id:g']],
    ['a mapping of another touchpoint says nothing', { properties: { spa_guest: 's' } }, []],
    [
      'a mapping of a property adds to the others',
      { touchpoint: 'store', userId: 'u', properties: { spa_guest: 5 } },
      ['user_id:u', 'spa_id:5'],
    ],
    ['a path leads into objects', { properties: { buyer: { mail: 'B@x.example' } } }, ['email:b@x.example']],
    [
      'an alias names the id that it gives up, which may be a former user id or a browser’s',
      { type: 'alias', userId: 'u', previousId: 'p' },
      ['user_id:u', 'user_id:p', 'anonymous_id:p'],
    ],
    [
      'an alias where users are of another type names a former one of that type',
      { type: 'alias', touchpoint: 'ordering', userId: 'u', previousId: 'p' },
      ['hotel_id:u', 'hotel_id:p', 'anonymous_id:p'],
    ],
    [
      'an alias of a user id to itself names it once',
      { type: 'alias', userId: 'u', previousId: ' u' },
      ['user_id:u', 'anonymous_id:u'],
    ],
    [
      'an alias of what names nobody is no alias',
      { type: 'alias', userId: 'u', previousId: '{{user.id}}' },
      ['user_id:u'],
    ],
    [
      'an alias to what names nobody belongs to the browser that it may give up',
      { type: 'alias', userId: 'null', previousId: 'p' },
      ['anonymous_id:p'],
    ],
    [
      'an alias names no former user where something else leads',
      {
        type: 'alias',
        touchpoint: 'ordering',
        userId: 'u',
        previousId: 'p',
        traits: {},
        context: { externalIds: [{ type: 'user_id', id: 'x' }] },
      },
      ['user_id:x', 'hotel_id:u', 'anonymous_id:p'],
    ],
    [
      'an alias of anonymous ids belongs to the one that stays',
      { type: 'alias', anonymousId: 'z', previousId: 'a' },
      ['anonymous_id:z', 'anonymous_id:a'],
    ],
    ['a previous id elsewhere says nothing', { userId: 'u', previousId: 'p' }, ['user_id:u']],
    [
      'a group’s traits are the group’s, those of the context the person’s',
      {
        type: 'group',
        userId: 'u',
        traits: { email: 'office@firm.example' },
        context: { traits: { email: 'ada@x.example' } },
      },
      ['user_id:u', 'email:ada@x.example'],
    ],
    ['a blocked value is none, the others stay', { userId: 'null', anonymousId: 'a' }, ['anonymous_id:a']],
    ['a malformed value is none', { userId: 'u', traits: { email: 'ada', phone: 'x' } }, ['user_id:u']],
    ['a value counts once', { userId: 'u', context: { externalIds: [{ id: ' u', type: 'user_id' }] } }, ['user_id:u']],
    [
      'external ids of unknown types and of accounts are none',
      {
        userId: 'u',
        context: {
          externalIds: [{ id: 'x', type: 'ga_client' }, { id: 'y', type: 'spa_id', collection: 'accounts' }, null, 'z'],
        },
      },
      ['user_id:u'],
    ],
    [
      'objects, lists and truths are none',
      { traits: { email: ['a@b.example'], phone: true }, userId: 'u' },
      ['user_id:u'],
    ],
    ['nothing names nobody', {}, []],
  ])('%s', (_, over, expected) => {
    expect(found(over)).toEqual(expected);
  });

  test('of an alias are what a stage says of the previous id, where it says so', () => {
    const said = readIdentifierCatalogue({ mappings: [{ from: 'previousId', type: 'loyalty_id' }] });
    if (said.kind === 'invalid') throw new Error(said.faults.join('; '));
    const alias = naming({ type: 'alias', userId: 'u', previousId: 'p' });
    expect(identifiersOf(alias, said.catalogue).map(({ type, value }) => `${type}:${value}`)).toEqual([
      'user_id:u',
      'loyalty_id:p',
    ]);
  });

  test('are bounded: of many the most important stay', () => {
    const externalIds = Array.from({ length: 40 }, (_, index) => ({ id: `l${index}`, type: 'loyalty_id' }));
    const all = found({ userId: 'u', anonymousId: 'a', context: { externalIds } });
    expect(all).toHaveLength(mostIdentifiers);
    expect(all[0]).toBe('user_id:u');
    expect(all).not.toContain('anonymous_id:a');
  });

  test('are found in any JSON without a fault, and are normal', () => {
    const json = fc.jsonValue({ maxDepth: 3 });
    const object = fc.dictionary(
      fc.constantFrom('email', 'phone', 'device', 'externalIds', 'traits', 'id', 'type'),
      json,
    );
    fc.assert(
      fc.property(object, object, object, fc.string(), (properties, traits, context, userId) => {
        for (const { type, value } of identifiersOf(
          naming({ properties, traits, context, userId }),
          defaultIdentifiers,
        )) {
          const again = identifiersOf(naming({ context: { externalIds: [{ type, id: value }] } }), defaultIdentifiers);
          expect(again).toEqual([{ type, value }]);
        }
      }),
    );
  });
});
