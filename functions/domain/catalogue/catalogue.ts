import type * as z from 'zod';
import { Budget } from '#domain/budget/budget.ts';
import { ContactPolicy } from '#domain/contact-policy/contact-policy.ts';
import type { JsonObject } from '#domain/interaction/interaction.ts';
import { Kpi } from '#domain/kpi/kpi.ts';
import { Offer } from '#domain/offer/offer.ts';
import { OfferGroup } from '#domain/offer/offer-group.ts';
import { Placement } from '#domain/placement/placement.ts';
import { byCodeUnit } from '#domain/profile/bounded-map.ts';
import { Segment } from '#domain/segment/segment.ts';
import { type ArmPlaces, placesAfter } from '#domain/strategy/arm-places.ts';
import { Strategy } from '#domain/strategy/strategy.ts';
import { Treatment } from '#domain/treatment/treatment.ts';
import { contentHash } from './content-hash.ts';
import { type ItemKind, itemKinds } from './item-kinds.ts';

/** An item as it was saved: without the defaults that its schema fills in. */
export interface CatalogueItem {
  readonly kind: ItemKind;
  readonly item: JsonObject;
  /** Of a strategy: which places its arms have come to have. Absent for one that never changed since places are kept. */
  readonly places?: readonly ArmPlaces[] | undefined;
}

/** Everything that decisions are made from, parsed and indexed. Maps are by id, in the order of ids. */
export interface Catalogue {
  /** Number of changes to the catalogue when it was read: it names this state of it for ever. */
  readonly revision: number;
  /** Hash of the items: 32 hex digits, equal in every stage that holds the same items. */
  readonly version: string;
  readonly segments: ReadonlyMap<string, Segment>;
  readonly budgets: ReadonlyMap<string, Budget>;
  readonly kpis: ReadonlyMap<string, Kpi>;
  readonly placements: ReadonlyMap<string, Placement>;
  readonly groups: ReadonlyMap<string, OfferGroup>;
  readonly offers: ReadonlyMap<string, Offer>;
  readonly treatments: ReadonlyMap<string, Treatment>;
  readonly contactPolicies: ReadonlyMap<string, ContactPolicy>;
  readonly strategies: ReadonlyMap<string, Strategy>;
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
export function readCatalogue(items: readonly CatalogueItem[], revision = 0): Catalogue {
  const inOrder = [...items].sort((a, b) => byCodeUnit(keyOfItem(a), keyOfItem(b)));
  const unreadable: string[] = [];
  const read = <Item>(kind: ItemKind, schema: z.ZodType<Item>) => {
    const parsed = new Map<string, Item>();
    for (const saved of inOrder) {
      if (saved.kind !== kind) continue;
      const { success, data } = schema.safeParse(saved.item);
      if (success) parsed.set(idOfItem(saved), data);
      else unreadable.push(keyOfItem(saved));
    }
    return parsed;
  };
  const treatments = read('treatments', Treatment);
  const strategies = read('strategies', Strategy);
  return {
    revision,
    version: catalogueVersion(inOrder),
    segments: read('segments', Segment),
    budgets: read('budgets', Budget),
    kpis: read('kpis', Kpi),
    placements: read('placements', Placement),
    groups: read('offer-groups', OfferGroup),
    offers: read('offers', Offer),
    treatments,
    contactPolicies: read('contact-policies', ContactPolicy),
    strategies,
    placesOf: placesByStrategy(strategies, inOrder),
    treatmentsOf: treatmentsByPlacement(treatments),
    strategyOf: strategyByPlacement(strategies),
    unreadable,
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
