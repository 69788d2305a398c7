import { columnsOf, type LakeColumn } from '#contracts/lake/table.ts';
import type { LakeViewDefinition } from '#contracts/lake/view.ts';
import { dispositionsTable } from './dispositions-table.ts';

const offerName: LakeColumn = {
  name: 'offer_name',
  glueType: 'string',
  description: 'What people call the offer, or called it last',
};

/** View `v_dispositions`: the columns of the table, and the name of the offer. */
export const dispositionsView: LakeViewDefinition = {
  name: 'v_dispositions',
  description: 'What customers did with treatments, each disposition once',
  columns: [
    ...columnsOf(dispositionsTable).flatMap((column) => (column.name === 'offer_id' ? [column, offerName] : [column])),
    { name: 'dt', glueType: 'string', description: 'Day it was first told' },
  ],
};
