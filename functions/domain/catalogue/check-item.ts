import type { JsonObject } from '#domain/text/json-object.ts';
import type { ItemFault } from '#domain/vocabulary/item-fault.ts';
import { touchpoints } from '#domain/vocabulary/touchpoint.ts';
import { type Catalogue, type CatalogueItem, readCatalogue } from './catalogue.ts';
import { checkTogether, type IsThere } from './check-together.ts';
import type { ItemKind } from './item-kinds.ts';
import { type ParsedItem, readItem } from './parsed-item.ts';
import { ruleFaultsOf } from './rule-faults.ts';
import { touchpointFaults } from './touchpoint-faults.ts';

/** An item that can be saved, and the hash of the catalogue with it; or all its faults. */
export type CheckedItem =
  | { readonly kind: 'valid'; readonly item: JsonObject; readonly catalogueVersion: string }
  | { readonly kind: 'invalid'; readonly faults: readonly ItemFault[] };

/**
 * Checks what somebody wants to save: its shape, its rules, and how it fits `others`, the rest of the catalogue, and the touchpoints that
 * the stage has.
 */
export function checkItem(
  kind: ItemKind,
  id: string,
  wanted: unknown,
  others: readonly CatalogueItem[],
  known: readonly string[] = touchpoints,
): CheckedItem {
  const read = readItem(kind, id, wanted);
  if (read.kind === 'invalid') return read;
  const catalogue = readCatalogue([...others, { kind, item: read.item }]);
  const faults = [...touchpointFaults(read.parsed, known), ...faultsWithin(read.parsed, catalogue)];
  if (faults.length > 0) return { kind: 'invalid', faults };
  return { kind: 'valid', item: read.item, catalogueVersion: catalogue.version };
}

/** What is wrong with an item of a catalogue: in its rules, and among the others; `isThere` knows of those that can't be read yet. */
export function faultsWithin(parsed: ParsedItem, catalogue: Catalogue, isThere?: IsThere): readonly ItemFault[] {
  return [...ruleFaultsOf(parsed, catalogue, isThere), ...checkTogether(parsed, catalogue, isThere)];
}
