import type * as z from 'zod';
import type { CatalogueKind } from '#domain/vocabulary/catalogue-kind.ts';
import { itemKinds } from './item-kinds.ts';

type Listed = Readonly<Record<string, { readonly schema: z.ZodType }>>;
type ItemsOf<List extends Listed> = { readonly [Kind in keyof List]: z.output<List[Kind]['schema']> };
type MapsOf<Each> = { readonly [Kind in keyof Each]: ReadonlyMap<string, Each[Kind]> };

/** A list of kinds of which none refers to one that is not in it, or reads of a catalogue what is not there. */
export type KindDefinitions<List extends Listed> = {
  readonly [Kind in keyof List & string]: CatalogueKind<
    Kind,
    ItemsOf<List>[Kind],
    keyof List & string,
    MapsOf<ItemsOf<List>>
  >;
};

/** What an item of each kind is, parsed. */
export type Items = ItemsOf<typeof itemKinds>;

/** The items of each kind by id, in the order of ids. */
export type ItemsByKind = MapsOf<Items>;

/** The list of kinds, for code that is the same for each of them. */
export const kindDefinitions: KindDefinitions<typeof itemKinds> = itemKinds;
