import { expect, test } from 'vitest';
import { trustOfScopes } from '#domain/credential/trust.ts';
import { claimantOf, standingOf } from '#domain/interaction/standing.ts';
import { interaction } from '#support/builders/interaction.ts';

test.each([
  [['collect'], 'public'],
  [['collect', 'decide'], 'server'],
  [['read'], 'server'],
] as const)('a credential with %j that says nothing of trust is %s', (scopes, trust) => {
  expect(trustOfScopes(scopes)).toBe(trust);
});

test.each([
  ['server', 'user_id', 'trusted'],
  ['server', 'anonymous_id', 'trusted'],
  ['public', 'anonymous_id', 'own'],
  ['public', 'device_id', 'own'],
  ['public', 'user_id', 'claimed'],
  ['public', 'email', 'claimed'],
  ['public', 'spa_id', 'claimed'],
] as const)('what a %s key tells of a %s is %s', (trust, type, standing) => {
  expect(standingOf(trust, type)).toBe(standing);
});

test('a claim comes from the browser that it carries, and from nobody when it carries none', () => {
  const identifiers = [{ key: 'user_id:a1' }, { key: 'email:b2' }, { key: 'anonymous_id:c3' }];
  expect(claimantOf(interaction({ standing: 'claimed', identifiers }))).toBe('anonymous_id:c3');
  expect(claimantOf(interaction({ standing: 'claimed', identifiers: identifiers.slice(0, 2) }))).toBeUndefined();
  expect(claimantOf(interaction({ standing: 'trusted', identifiers }))).toBeUndefined();
});
