import { expect, test } from 'vitest';
import { defaultIdentifiers, readIdentifierCatalogue } from '#domain/identity/identifier-catalogue.ts';
import { canBeLinkedByOthers } from '#domain/identity/linked-by-others.ts';

const key = (type: string) => `${type}:${'0'.repeat(32)}`;

test.each([
  ['user_id', false],
  ['loyalty_id', true],
  ['email', true],
  ['anonymous_id', true],
  ['of_no_catalogue', true],
])('a persona of a %s can be linked by others: %s', (type, expected) => {
  expect(canBeLinkedByOthers(key(type), defaultIdentifiers.types)).toBe(expected);
});

test.each([
  ['another type has its priority', { types: [{ name: 'crm_id', priority: 1000 }] }],
  ['a customer may have two of it', { types: [{ name: 'user_id', most: 2 }] }],
])('a persona of the highest type can be linked by others when %s', (_, settings) => {
  const read = readIdentifierCatalogue(settings);
  expect(read.kind === 'catalogue' && canBeLinkedByOthers(key('user_id'), read.catalogue.types)).toBe(true);
});
