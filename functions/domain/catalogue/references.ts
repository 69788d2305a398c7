import type { ContactCap } from '#domain/contact-policy/contact-policy.ts';
import type { Kpi } from '#domain/kpi/kpi.ts';
import { type CatalogueItem, idOfItem } from './catalogue.ts';
import type { ItemKind } from './item-kinds.ts';
import { ParsedItem } from './parsed-item.ts';
import { rulesOf } from './rules-of-item.ts';
import { segmentsInRule } from './segments-in-rule.ts';

/** That one item names another: where it does, and whom it names. */
export interface Reference {
  /** Keys and indexes that lead to the name. */
  readonly path: readonly (string | number)[];
  readonly kind: ItemKind;
  readonly id: string;
}

/** Every item that an item names in a field of its own; those named in rules are not among them. */
export function referencesOf(parsed: ParsedItem): readonly Reference[] {
  switch (parsed.kind) {
    case 'offers':
      return [{ path: ['group'], kind: 'offer-groups', id: parsed.item.group }];
    case 'treatments': {
      const { offerId, placements, uses } = parsed.item;
      return [
        { path: ['offerId'], kind: 'offers', id: offerId },
        ...placements.map((id, index) => ({ path: ['placements', index], kind: 'placements', id }) as const),
        ...uses.map(
          ({ budgetId }, index) => ({ path: ['uses', index, 'budgetId'], kind: 'budgets', id: budgetId }) as const,
        ),
      ];
    }
    case 'strategies': {
      const { placements, champion, challengers } = parsed.item;
      const named = placements === 'all' ? [] : placements;
      return [
        ...named.map((id, index) => ({ path: ['placements', index], kind: 'placements', id }) as const),
        ...levers(['champion'], champion),
        ...challengers.flatMap((variant, index) => levers(['challengers', index], variant)),
      ];
    }
    case 'contact-policies':
      return parsed.item.caps.flatMap((cap, index) => {
        const kind = kindOfCap[cap.per];
        return kind === undefined || cap.name === undefined
          ? []
          : [{ path: ['caps', index, 'name'], kind, id: cap.name }];
      });
    case 'kpis': {
      const { level, id } = parsed.item.of;
      const kind = kindOfLevel[level];
      return kind === undefined || id === undefined ? [] : [{ path: ['of', 'id'], kind, id }];
    }
    case 'segments':
    case 'budgets':
    case 'placements':
    case 'offer-groups':
      return [];
  }
}

/** The items, among many, that name a certain one. */
export function referrersOf(
  { kind, id }: { readonly kind: ItemKind; readonly id: string },
  items: readonly CatalogueItem[],
): readonly { readonly kind: ItemKind; readonly id: string; readonly path: string }[] {
  return items.flatMap((saved) => {
    const parsed = ParsedItem.safeParse(saved);
    if (!parsed.success) return [];
    return [...referencesOf(parsed.data), ...(kind === 'segments' ? segmentsAsked(parsed.data) : [])]
      .filter((reference) => reference.kind === kind && reference.id === id)
      .map(({ path }) => ({ kind: saved.kind, id: idOfItem(saved), path: path.join('.') }));
  });
}

function segmentsAsked(parsed: ParsedItem): readonly Reference[] {
  return rulesOf(parsed).flatMap((place) =>
    [...segmentsInRule(place)].map((id) => ({ path: place.path, kind: 'segments', id }) as const),
  );
}

const kindOfCap: Readonly<Partial<Record<ContactCap['per'], ItemKind>>> = {
  group: 'offer-groups',
  offer: 'offers',
  treatment: 'treatments',
};

const kindOfLevel: Readonly<Partial<Record<Kpi['of']['level'], ItemKind>>> = {
  strategy: 'strategies',
  segment: 'segments',
  group: 'offer-groups',
  offer: 'offers',
};

function levers(
  path: readonly (string | number)[],
  variant: { readonly leverOverrides: Readonly<Record<string, number>> },
) {
  return Object.keys(variant.leverOverrides).map(
    (id) => ({ path: [...path, 'leverOverrides', id], kind: 'treatments', id }) as const,
  );
}
