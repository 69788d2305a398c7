import { columnsOf } from '#contracts/lake/table.ts';
import type { LakeViewDefinition } from '#contracts/lake/view.ts';
import { catalogueChangesTable } from './catalogue-changes-table.ts';

const order = ['kind', 'item_id', 'name', 'item', 'version', 'changed_at', 'changed_by'];

/** View `v_catalogue`: what is offered, to whom and how it is measured, for joins by id. */
export const catalogueView: LakeViewDefinition = {
  name: 'v_catalogue',
  description: 'Every offer, treatment, segment, KPI and other item of the catalogue as it is now',
  columns: order.flatMap((name) => columnsOf(catalogueChangesTable).filter((column) => column.name === name)),
};
