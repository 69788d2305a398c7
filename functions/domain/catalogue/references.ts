import { segmentsInRule } from '#domain/rule/segments-in-rule.ts';
import type { Reference } from '#domain/vocabulary/catalogue-kind.ts';
import type { CatalogueItem } from './catalogue.ts';
import type { ItemKind } from './item-kinds.ts';
import { kindDefinitions } from './kind-definitions.ts';
import { type ParsedItem, parseItem } from './parsed-item.ts';
import { rulesOf } from './rules-of-item.ts';

/** Every item that an item names in a field of its own; those named in rules are not among them. */
export function referencesOf<Kind extends ItemKind>({ kind, item }: ParsedItem<Kind>): readonly Reference<ItemKind>[] {
  return kindDefinitions[kind].references(item);
}

/** The items, among many, that name a certain one. */
export function referrersOf(
  { kind, id }: { readonly kind: ItemKind; readonly id: string },
  items: readonly CatalogueItem[],
): readonly { readonly kind: ItemKind; readonly id: string; readonly path: string }[] {
  return items.flatMap((saved) => {
    const { success, data: parsed } = parseItem(saved.kind, saved.item);
    if (!success) return [];
    return [...referencesOf(parsed), ...(kind === 'segments' ? segmentsAsked(parsed) : [])]
      .filter((reference) => reference.kind === kind && reference.id === id)
      .map(({ path }) => ({ kind: saved.kind, id: parsed.id, path: path.join('.') }));
  });
}

function segmentsAsked(parsed: ParsedItem): readonly Reference<'segments'>[] {
  return rulesOf(parsed).flatMap((place) =>
    [...segmentsInRule(place)].map((id) => ({ path: place.path, kind: 'segments', id }) as const),
  );
}
