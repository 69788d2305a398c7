import type * as z from 'zod';
import type { ItemFault } from './item-fault.ts';
import type { RulePlace } from './rule-place.ts';

/** That one item names another: where it does, and whom it names. */
export interface Reference<Named extends string> {
  /** Keys and indexes that lead to the name. */
  readonly path: readonly (string | number)[];
  readonly kind: Named;
  readonly id: string;
}

/** That an item names a touchpoint or a channel, and where. */
export interface TouchpointPlace {
  readonly path: readonly (string | number)[];
  readonly name: string;
  /** What to say when there is none; that it is one of all, without. */
  readonly words?: string;
}

/**
 * All that is to be known of one kind of catalogue items. Types, checks, routes, document and files are made from the list of
 * kinds (`catalogue/item-kinds.ts`). `Named` are the kinds that it names, `Others` is what its contradictions read of the catalogue.
 */
export interface CatalogueKind<Kind extends string, Item, Named extends string, Others> {
  /** Its name in the paths of the API, and of the folder of its files. */
  readonly kind: Kind;
  /** What people call one of them. */
  readonly noun: string;
  readonly idField: keyof Item & string;
  readonly schema: z.ZodType<Item>;
  /** Every item that an item names in a field of its own; those named in rules are not among them. */
  readonly references: (item: Item) => readonly Reference<Named>[];
  /** Every touchpoint and channel that an item names: the stage says which there are. */
  readonly touchpoints: (item: Item) => readonly TouchpointPlace[];
  /** Every rule and expression of an item. */
  readonly rules: (item: Item) => readonly RulePlace[];
  /**
   * What is wrong with an item among the others, by the kind of the item that is saved; `others` hold it too, as it would be. What
   * two kinds must agree in is told for both by the one that names the other, so that a new kind changes no other.
   */
  readonly contradictions: {
    readonly [Saved in Kind | Named]?: (id: string, others: Others) => readonly ItemFault[];
  };
}

type Needed = 'kind' | 'noun' | 'idField' | 'schema';

/** Defines a kind. What it says nothing of it has not: references, rules, contradictions. */
export function catalogueKind<const Kind extends string, Item, const Named extends string = never, Others = unknown>(
  definition: Pick<CatalogueKind<Kind, Item, Named, Others>, Needed> &
    Partial<CatalogueKind<NoInfer<Kind>, Item, Named, Others>>,
): CatalogueKind<Kind, Item, Named, Others> {
  return { references: () => [], touchpoints: () => [], rules: () => [], contradictions: {}, ...definition };
}
