import type * as z from 'zod';
import type { CatalogueKind } from '#domain/vocabulary/catalogue-kind.ts';
import { type ItemKind, itemKinds } from './item-kinds.ts';

/** What an item of each kind is, parsed. */
export type Items = { readonly [Kind in ItemKind]: z.output<(typeof itemKinds)[Kind]['schema']> };

/** The items of each kind by id, in the order of ids. */
export type ItemsByKind = { readonly [Kind in ItemKind]: ReadonlyMap<string, Items[Kind]> };

/**
 * The list of kinds, for code that is the same for each of them. It compiles only when kinds refer to no others than those in
 * the list, and read nothing of the catalogue that it has not.
 */
export const kindDefinitions: {
  readonly [Kind in ItemKind]: CatalogueKind<Kind, Items[Kind], ItemKind, ItemsByKind>;
} = itemKinds;
