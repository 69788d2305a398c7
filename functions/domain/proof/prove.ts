import { mostIdentifiers } from '#domain/identity/extract-identifiers.ts';
import type { Identifier } from '#domain/identity/identifier.ts';
import type { IdentifierCatalogue } from '#domain/identity/identifier-catalogue.ts';
import { isOwnType } from '#domain/interaction/standing.ts';

/** The identifiers of an event that a proof covers, or why it does not cover it. */
export type Proven =
  | { readonly kind: 'proven'; readonly identifiers: readonly Identifier[] }
  | { readonly kind: 'unproven'; readonly detail: string };

/**
 * Lays a proof over what an event carries. It has to name everything that others may know, for the firm's word about one
 * identifier is none about another; and a browser or device that it names has to be the one that speaks. What it names besides is
 * the event's too.
 */
export function prove(
  carried: readonly Identifier[],
  proof: readonly Identifier[],
  { types }: IdentifierCatalogue,
): Proven {
  const isIn = (some: readonly Identifier[], { type, value }: Identifier) =>
    some.some((one) => one.type === type && one.value === value);
  const unnamed = carried.find((one) => !isOwnType(one.type) && !isIn(proof, one));
  if (unnamed !== undefined) return { kind: 'unproven', detail: `The proof does not name this ${unnamed.type}` };
  const elsewhere = proof.find((one) => isOwnType(one.type) && !isIn(carried, one));
  if (elsewhere !== undefined) return { kind: 'unproven', detail: `The proof is for another ${elsewhere.type}` };
  const priority = ({ type }: Identifier) => types.get(type)?.priority ?? 0;
  const all = [...carried, ...proof.filter((one) => !isIn(carried, one))];
  return {
    kind: 'proven',
    identifiers: all.sort((a, b) => priority(b) - priority(a)).slice(0, mostIdentifiers),
  };
}
