import { type ArmPlaces, placesAfter } from '#domain/strategy/arm-places.ts';
import type { Strategy } from '#domain/strategy/strategy.ts';
import { byCodeUnit } from '#domain/text/bounded-map.ts';
import type { JsonObject } from '#domain/text/json-object.ts';
import type { Treatment } from '#domain/treatment/treatment.ts';
import { contentHash } from './content-hash.ts';
import { type ItemKind, itemKinds } from './item-kinds.ts';
import type { ItemsByKind } from './kind-definitions.ts';
import { readItems } from './read-items.ts';

/** An item as it was saved: without the defaults that its schema fills in. */
export interface CatalogueItem {
  readonly kind: ItemKind;
  readonly item: JsonObject;
  /** Of a strategy: which places its arms have come to have. Absent for one that never changed since places are kept. */
  readonly places?: readonly ArmPlaces[] | undefined;
}

/** Everything that decisions are made from, parsed and indexed. Maps are by id, in the order of ids: of each kind one, by its name. */
export interface Catalogue extends ItemsByKind {
  /** Number of changes to the catalogue when it was read: it names this state of it for ever. */
  readonly revision: number;
  /** Hash of the items: 32 hex digits, equal in every stage that holds the same items. */
  readonly version: string;
  /** The offer groups. */
  readonly groups: ItemsByKind['offer-groups'];
  readonly contactPolicies: ItemsByKind['contact-policies'];
  /** Which places the arms of each strategy have. */
  readonly placesOf: ReadonlyMap<string, readonly ArmPlaces[]>;
  /** Treatments that a placement can show, by placement id; whatever their state. */
  readonly treatmentsOf: ReadonlyMap<string, readonly Treatment[]>;
  /** The strategy of each placement that one strategy names; for the others see {@link strategyAt}. */
  readonly strategyOf: ReadonlyMap<string, Strategy>;
  /** Items that do not fit their schema, as `kind/id`: they take no part. */
  readonly unreadable: readonly string[];
}

/** Reads items as they were saved; defaults are filled in, and what does not fit its schema is left out and listed. */
export function readCatalogue(saved: readonly CatalogueItem[], revision = 0): Catalogue {
  const inOrder = [...saved].sort((a, b) => byCodeUnit(keyOfItem(a), keyOfItem(b)));
  const { items, unreadable } = readItems(inOrder);
  return {
    ...items,
    revision,
    version: catalogueVersion(inOrder),
    groups: items['offer-groups'],
    contactPolicies: items['contact-policies'],
    placesOf: placesByStrategy(items.strategies, inOrder),
    treatmentsOf: treatmentsByPlacement(items.treatments),
    strategyOf: strategyByPlacement(items.strategies),
    unreadable: unreadable.map(keyOfItem),
  };
}

/** Hash of items, in any order: what {@link Catalogue} has as its version. */
export function catalogueVersion(items: readonly CatalogueItem[]): string {
  const keyed = items.map((saved) => [keyOfItem(saved), saved.item] as const);
  return contentHash(keyed.sort(([a], [b]) => byCodeUnit(a, b)));
}

/** The strategy of a placement: the one that names it, else the one for all others. */
export function strategyAt(catalogue: Catalogue, placementId: string): Strategy | undefined {
  return (
    catalogue.strategyOf.get(placementId) ??
    catalogue.strategies.values().find(({ placements }) => placements === 'all')
  );
}

/** The id of an item as it was saved; empty when it has none. */
export function idOfItem({ kind, item }: CatalogueItem): string {
  const id = item[itemKinds[kind].idField];
  return typeof id === 'string' ? id : '';
}

/** An item's kind and id as one text, as in the path of the API. */
export function keyOfItem(saved: CatalogueItem): string {
  return `${saved.kind}/${idOfItem(saved)}`;
}

function treatmentsByPlacement(treatments: ReadonlyMap<string, Treatment>): ReadonlyMap<string, readonly Treatment[]> {
  const byPlacement = new Map<string, Treatment[]>();
  for (const treatment of treatments.values()) {
    for (const placementId of new Set(treatment.placements)) {
      const own = byPlacement.get(placementId) ?? [];
      own.push(treatment);
      byPlacement.set(placementId, own);
    }
  }
  return byPlacement;
}

function placesByStrategy(
  strategies: ReadonlyMap<string, Strategy>,
  items: readonly CatalogueItem[],
): ReadonlyMap<string, readonly ArmPlaces[]> {
  const saved = new Map(items.flatMap((each) => (each.kind === 'strategies' ? [[idOfItem(each), each.places]] : [])));
  return new Map([...strategies].map(([id, strategy]) => [id, saved.get(id) ?? placesAfter([], strategy)]));
}

function strategyByPlacement(strategies: ReadonlyMap<string, Strategy>): ReadonlyMap<string, Strategy> {
  const named = strategies
    .values()
    .flatMap((strategy) =>
      strategy.placements === 'all' ? [] : strategy.placements.map((placementId) => [placementId, strategy] as const),
    );
  return new Map(named);
}
