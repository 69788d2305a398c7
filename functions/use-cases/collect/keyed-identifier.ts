import type { Identifier } from '#domain/identity/identifier.ts';
import type { IdentifierCatalogue } from '#domain/identity/identifier-catalogue.ts';
import { identifierKey } from '#domain/identity/identifier-key.ts';
import type { KeyedIdentifier } from '#domain/interaction/interaction.ts';
import type { IdentityKey } from '#ports/identity-key.ts';

/** An identifier as interactions carry it: its key, and its value where that is not personal. */
export function keyedIdentifier(
  { type, value, isFormer }: Identifier,
  identityKey: IdentityKey,
  { types }: IdentifierCatalogue,
): KeyedIdentifier {
  const key = identifierKey(type, identityKey.hash(type, value));
  // What an alias gives up may be an anonymous id, of which no value is kept.
  return { key, ...(types.get(type)?.personal === false && !isFormer ? { value } : {}) };
}
