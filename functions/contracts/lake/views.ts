import { campaignRunsView } from './campaign-runs/campaign-runs-view.ts';
import { catalogueView } from './catalogue-changes/catalogue-view.ts';
import { customerTraitsView } from './customers/customer-traits-view.ts';
import { customersViewColumns } from './customers/customers-view.ts';
import {
  contactPressureColumns,
  decisionsViewColumns,
  treatmentPerformanceColumns,
} from './decisions/decision-views.ts';
import { kpisView } from './decisions/kpis-view.ts';
import { dispositionsView } from './dispositions/dispositions-view.ts';
import { identityView } from './identity-links/identity-view.ts';
import { consentsView } from './interactions/consents-view.ts';
import { interactionsView } from './interactions/interactions-view.ts';
import { ordersView } from './orders/orders-view.ts';
import { segmentMembershipView } from './segment-changes/segment-membership-view.ts';
import type { LakeViewDefinition } from './view.ts';

/** What analysts query: every view with what its columns mean. */
export const lakeViews: readonly LakeViewDefinition[] = [
  identityView,
  interactionsView,
  ordersView,
  {
    name: 'v_customers',
    description: 'A row a customer: what rules ask, as the live profile has it',
    columns: customersViewColumns,
  },
  customerTraitsView,
  consentsView,
  catalogueView,
  segmentMembershipView,
  {
    name: 'v_decisions',
    description:
      'Each decision once, a row for each treatment that was considered, with its numbers and why it was not shown',
    columns: decisionsViewColumns,
  },
  dispositionsView,
  {
    name: 'v_treatment_performance',
    description: 'What came of each treatment by day, placement and arm',
    columns: treatmentPerformanceColumns,
  },
  {
    name: 'v_contact_pressure',
    description: 'How often customers were contacted: a day, and the 7 and 30 days that end with it',
    columns: contactPressureColumns,
  },
  kpisView,
  campaignRunsView,
];
