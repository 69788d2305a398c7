import { campaignRunsTable } from './campaign-runs/campaign-runs-table.ts';
import { catalogueChangesTable } from './catalogue-changes/catalogue-changes-table.ts';
import { contactsTable } from './contacts/contacts-table.ts';
import { decisionsTable } from './decisions/decisions-table.ts';
import { dispositionsTable } from './dispositions/dispositions-table.ts';
import { identityLinksTable } from './identity-links/identity-links-table.ts';
import { interactionsTable } from './interactions/interactions-table.ts';
import { rejectedInteractionsTable } from './rejected-interactions/rejected-interactions-table.ts';
import { segmentChangesTable } from './segment-changes/segment-changes-table.ts';
import type { LakeTableDefinition } from './table.ts';

/**
 * Every table of the lake. From the list come Glue's tables, the delivery of each with its alarms and its way back, how long its
 * objects are kept, what `land-events` makes of an event, and the data dictionary.
 */
export const lakeTables: readonly LakeTableDefinition[] = [
  interactionsTable,
  rejectedInteractionsTable,
  identityLinksTable,
  decisionsTable,
  dispositionsTable,
  segmentChangesTable,
  catalogueChangesTable,
  contactsTable,
  campaignRunsTable,
];
