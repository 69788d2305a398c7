import { expect, test } from 'vitest';
import { ConfigurationError } from '#runtime/errors.ts';
import { identifierCatalogueOf } from '#runtime/identifier-settings.ts';

test('reads the settings that a stage gives its functions', () => {
  expect(identifierCatalogueOf('{"types":[{"name":"spa_id"}]}').types.get('spa_id')).toMatchObject({ most: 1 });
});

test.each([
  ['{', 'no JSON'],
  ['{"types":[{"name":"Spa"}]}', 'types.0.name'],
])('refuses the settings %s and says why', (json, message) => {
  expect(() => identifierCatalogueOf(json)).toThrow(ConfigurationError);
  expect(() => identifierCatalogueOf(json)).toThrow(message);
});
