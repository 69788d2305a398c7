import { customersViewColumns } from '#contracts/lake/customers/customers-view.ts';
import {
  contactPressureColumns,
  decisionsViewColumns,
  treatmentPerformanceColumns,
} from '#contracts/lake/decisions/decision-views.ts';
import { interactionsTable } from '#contracts/lake/interactions/interactions-table.ts';
import { columnsOf, type LakeColumn } from '#contracts/lake/table.ts';
import type { Lake } from '#infra/constructs/lake.ts';

/** Adds what analysts query: every view with what its columns mean. */
export function addLakeViews(lake: Lake): void {
  lake.addView({
    name: 'v_customers_identity',
    description: 'Every linked identifier with the customer that it is part of now',
    columns: identityColumns,
  });
  lake.addView({
    name: 'v_interactions',
    description: 'Each interaction once: the first delivery of every message_id',
    columns: [
      ...columnsOf(interactionsTable).flatMap((column) => [column, ...(addedAfter[column.name] ?? [])]),
      { name: 'dt', glueType: 'string', description: 'Day it first arrived' },
    ],
  });
  lake.addView({
    name: 'v_customers',
    description: 'A row a customer: what rules ask, as the live profile has it',
    columns: customersViewColumns,
  });
  lake.addView({
    name: 'v_decisions',
    description:
      'Each decision once, a row for each treatment that was considered, with its numbers and why it was not shown',
    columns: decisionsViewColumns,
  });
  lake.addView({
    name: 'v_treatment_performance',
    description: 'What came of each treatment by day, placement and arm',
    columns: treatmentPerformanceColumns,
  });
  lake.addView({
    name: 'v_contact_pressure',
    description: 'How often customers were contacted: a day, and the 7 and 30 days that end with it',
    columns: contactPressureColumns,
  });
}

/** What says whose an identifier is. */
const identityColumns = [
  { name: 'identifier_type', glueType: 'string', description: 'Type of the identifier, for example email' },
  { name: 'identifier_hash', glueType: 'string', description: 'Keyed hash of its value' },
  { name: 'persona_id', glueType: 'string', description: 'Persona that the identifier names' },
  { name: 'customer_id', glueType: 'string', description: 'Customer that it is part of now, as in the live profile' },
  { name: 'recorded_at', glueType: 'timestamp', description: 'Since when it is part of it, UTC' },
] as const;

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
  persona_id: [
    {
      name: 'customer_id',
      glueType: 'string',
      description: 'Customer that the persona is part of now, as in the live profile',
    },
  ],
};
