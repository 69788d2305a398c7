import { type ArmPlaces, placesAfter } from '#domain/strategy/arm-places.ts';
import { Strategy } from '#domain/strategy/strategy.ts';
import { canonicalJson } from '#domain/text/canonical-json.ts';
import type { JsonObject } from '#domain/text/json-object.ts';
import type { ItemFault } from '#domain/vocabulary/item-fault.ts';
import { readCatalogue } from './catalogue.ts';
import { checkItem } from './check-item.ts';
import type { ItemKind } from './item-kinds.ts';
import { conditionsHold, type Preconditions } from './precondition.ts';
import { referrersOf } from './references.ts';
import type { StoredCatalogue, StoredItem } from './stored-catalogue.ts';

/** What somebody wants to become of an item. */
export interface ChangeRequest extends Preconditions {
  readonly kind: ItemKind;
  readonly id: string;
  /** The item; `undefined` to delete it. */
  readonly item: { readonly value: unknown } | undefined;
}

/** What a requested change comes to; nothing is saved yet. */
export type ChangePlan =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'precondition-required' }
  | { readonly kind: 'precondition-failed'; readonly version: number | undefined }
  | { readonly kind: 'invalid'; readonly faults: readonly ItemFault[] }
  | { readonly kind: 'referenced'; readonly by: ReturnType<typeof referrersOf> }
  | { readonly kind: 'unchanged'; readonly stored: StoredItem }
  | {
      readonly kind: 'created' | 'changed';
      readonly item: JsonObject;
      /** Of a strategy: which places its arms have from now on. */
      readonly places?: readonly ArmPlaces[] | undefined;
      /** Hash of the catalogue with the change in it. */
      readonly catalogueVersion: string;
    }
  | { readonly kind: 'deleted'; readonly catalogueVersion: string };

/**
 * Says what a requested change comes to on the catalogue as it is stored. A write must say which state it was made for: an ETag, or
 * `*` (RFC 6585, section 3); a dry run need not.
 */
export function planChange(
  wanted: ChangeRequest,
  catalogue: StoredCatalogue,
  dryRun = false,
  touchpoints?: readonly string[],
): ChangePlan {
  const { kind, id } = wanted;
  const isIt = (item: StoredItem) => item.kind === kind && item.id === id;
  const stored = catalogue.items.find(isIt);
  const others = catalogue.items.filter((item) => !isIt(item));
  if (wanted.item === undefined && stored === undefined) return { kind: 'unknown' };
  const isConditional = wanted.ifMatch !== undefined || wanted.ifNoneMatch !== undefined;
  if (!isConditional && !dryRun) return { kind: 'precondition-required' };
  if (!conditionsHold(wanted, stored?.version)) return { kind: 'precondition-failed', version: stored?.version };

  if (wanted.item === undefined) {
    const by = referrersOf({ kind, id }, others);
    return by.length > 0
      ? { kind: 'referenced', by }
      : { kind: 'deleted', catalogueVersion: readCatalogue(others).version };
  }
  const checked = checkItem(kind, id, wanted.item.value, others, touchpoints);
  if (checked.kind === 'invalid') return checked;
  if (stored !== undefined && canonicalJson(stored.item) === canonicalJson(checked.item)) {
    return { kind: 'unchanged', stored };
  }
  const { item, catalogueVersion } = checked;
  const places = kind === 'strategies' ? { places: placesAfterChange(item, stored) } : {};
  return { kind: stored === undefined ? 'created' : 'changed', item, ...places, catalogueVersion };
}

/** A strategy that was saved before places were kept has those that it would get today. */
function placesAfterChange(item: JsonObject, stored: StoredItem | undefined): readonly ArmPlaces[] {
  const before = stored && Strategy.safeParse(stored.item).data;
  return placesAfter(stored?.places ?? (before === undefined ? [] : placesAfter([], before)), Strategy.parse(item));
}
