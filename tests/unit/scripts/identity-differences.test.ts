import { describe, expect, test } from 'vitest';
import { personaOfKey } from '#domain/identity/identifier-key.ts';
import type { IdentityGraph } from '#domain/identity/identity-graph.ts';
import { linkOf } from '#domain/identity/identity-graph.ts';
import { compareIdentities } from '#scripts/rebuild/identity-differences.ts';
import { freeRules, keyOf } from '#support/generators/any-links.ts';

const [user, email] = [keyOf('user_id', 1), keyOf('email', 1)];
const landed: IdentityGraph = {
  members: new Map([
    [user, { firstMs: 1 }],
    [email, {}],
  ]),
  links: [linkOf(user, email, 1, 1)],
  cuts: [],
  shared: new Set(),
};
const right = new Map([user, email].map((key) => [key, personaOfKey(user)]));
const compare = (
  customers: ReadonlyMap<string, string>,
  viewed = right,
  {
    wrongPointers = [],
    unseenPersonas = [],
  }: Partial<Record<'wrongPointers' | 'unseenPersonas', readonly string[]>> = {},
) =>
  compareIdentities(landed, { customers, wrongPointers, unseenPersonas }, viewed, freeRules).differences.map(
    ({ key }) => key,
  );

describe('identities in the table and in the lake', () => {
  test('do not differ when both are what the links make', () => {
    expect(compare(right)).toEqual([]);
  });

  test('differ in an identifier that the table lacks', () => {
    expect(compare(new Map([[user, personaOfKey(user)]]))).toEqual([email]);
  });

  test('differ in an identifier that is of another customer in the view', () => {
    expect(compare(right, new Map([...right, [email, 'somebody']]))).toEqual([email]);
  });

  test('differ in a link that the lake never had', () => {
    const more = new Map([...right, [keyOf('email', 2), personaOfKey(user)]]);
    expect(compare(more, more)).toEqual([keyOf('email', 2)]);
  });

  test('differ where a pointer leads elsewhere', () => {
    expect(compare(right, right, { wrongPointers: ['a-persona'] })).toEqual(['a-persona']);
  });

  test('differ where a customer does not know of a persona that has a profile', () => {
    expect(compare(right, right, { unseenPersonas: ['a-persona'] })).toEqual(['a-persona']);
  });
});
