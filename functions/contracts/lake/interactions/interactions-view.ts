import { columnsOf, type LakeColumn } from '#contracts/lake/table.ts';
import type { LakeViewDefinition } from '#contracts/lake/view.ts';
import { interactionsTable } from './interactions-table.ts';

/** What the view adds, each after a column of the table. */
const addedAfter: Readonly<Record<string, readonly LakeColumn[]>> = {
  sequence: [
    {
      name: 'moment',
      glueType: 'string',
      description:
        'Sorts what customers say as profiles do: time, microseconds, last arrival, place in its request, message_id',
    },
  ],
  order_id: [
    {
      name: 'counts_as_order',
      glueType: 'boolean',
      description:
        'Whether it is the purchase that counts of those that tell one order: v_orders has each with its refunds',
    },
  ],
  currency_decimals: [
    {
      name: 'stated_currency',
      glueType: 'string',
      description:
        'The currency as it was told: null for a refund that leaves it to its order, whose currency is that of the order',
    },
  ],
  persona_id: [
    {
      name: 'customer_id',
      glueType: 'string',
      description: 'Customer that the persona is part of now, as in the live profile',
    },
  ],
};

/** View `v_interactions`: the columns of the table, the customer and the moment. */
export const interactionsView: LakeViewDefinition = {
  name: 'v_interactions',
  description: 'Each interaction once: the first delivery of every message_id',
  columns: [
    ...columnsOf(interactionsTable).flatMap((column) => [column, ...(addedAfter[column.name] ?? [])]),
    { name: 'dt', glueType: 'string', description: 'Day it first arrived' },
  ],
};
