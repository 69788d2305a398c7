import * as z from 'zod';
import type { BusDetail } from '#contracts/bus/bus-event.ts';
import { flag, instant, integer, text, textOrNull } from '#contracts/lake/column.ts';
import { lands } from '#contracts/lake/landed-event.ts';
import type { LakeTableDefinition } from '#contracts/lake/table.ts';

/** A row of the lake's `catalogue_changes`: an item was saved or deleted. Repeats share their version. */
const CatalogueChangeRow = z.object({
  kind: text('Kind of item, as in the API’s path: offers, treatments, segments, kpis …'),
  item_id: text('Id of the item'),
  version: integer(
    'Number of the change among all of the catalogue: of several changes of an item the greatest is the latest',
  ),
  changed_at: instant('When it was changed, UTC'),
  changed_by: text('Id of the credential that changed it'),
  is_deleted: flag('Whether the item is gone from then on'),
  name: textOrNull('What people call it; null when it has no name, or is deleted'),
  item: textOrNull('The item as JSON with the defaults of its kind; null when it is deleted'),
});
type CatalogueChangeRow = z.infer<typeof CatalogueChangeRow>;

/** Table `catalogue_changes`; by month and for ten years, because an item that nobody touched since still has its name. */
export const catalogueChangesTable: LakeTableDefinition = {
  name: 'catalogue_changes',
  description: 'Every change of an offer, treatment, segment, KPI or other item. Analysts read v_catalogue.',
  columns: CatalogueChangeRow,
  partition: { by: 'month', years: 10 },
  kept: 'for good',
  events: [lands('CatalogueChanged', ({ detail }) => detail.changes.map(changeToRow))],
};

function changeToRow(change: BusDetail<'CatalogueChanged'>['changes'][number]): CatalogueChangeRow {
  const { item } = change;
  return {
    kind: change.kind,
    item_id: change.id,
    version: change.version,
    changed_at: change.changedAt,
    changed_by: change.changedBy,
    is_deleted: item === undefined,
    name: typeof item?.name === 'string' ? item.name : null,
    item: item === undefined ? null : JSON.stringify(item),
  };
}
