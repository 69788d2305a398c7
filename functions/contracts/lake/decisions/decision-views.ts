import { lakeColumn as column } from '#contracts/lake/lake-column.ts';
import { columnsOf, type LakeColumn } from '#contracts/lake/table.ts';
import { decisionsTable } from './decisions-table.ts';

const tableColumns = new Map(columnsOf(decisionsTable).map((column) => [column.name, column]));
const same = (...names: readonly string[]): LakeColumn[] => names.flatMap((name) => tableColumns.get(name) ?? []);
const number = (name: string, description: string) => column(name, 'double', description);
const count = (name: string, description: string) => column(name, 'bigint', description);
const text = (name: string, description: string) => column(name, 'string', description);

/** Columns of `v_decisions`, in its order. */
export const decisionsViewColumns: readonly LakeColumn[] = [
  ...same('decision_id', 'decided_at', 'customer_id', 'persona_id'),
  column(
    'customer_traits',
    'map<string,string>',
    'Traits of the customer of now as v_customers has them, as JSON texts; null without any',
  ),
  ...same('is_known', 'touchpoint', 'placement_id', 'channel'),
  ...same(
    'direction',
    'strategy_id',
    'arm',
    'unit_id',
    'variant',
    'ordering',
    'exploration',
    'is_held_out',
    'catalogue_revision',
    'engine',
  ),
  text('treatment_id', 'Treatment that was considered'),
  text('offer_id', 'Its offer'),
  text('offer_name', 'What people call the offer, or called it last'),
  text('offer_group', 'Group of its offer'),
  text('result', 'shown, or why not: not_eligible, contact_cap, outranked …'),
  text('result_source', 'Whose rule, which contact policy or which budget said so; empty for none'),
  number('propensity', 'P: calibrated probability of acceptance; null for what did not reach arbitration'),
  number('posterior_mean', 'Mean of the latent score'),
  number('posterior_variance', 'Variance of the latent score'),
  number('drawn_propensity', 'P as it entered the score'),
  number('context_weight', 'C: weight of the moment'),
  number('value_minor', 'V: value of an acceptance, in minor units'),
  number('lever', 'L: business weight'),
  number('cost_minor', 'Cost of the contact, in minor units'),
  number('shadow_cost_minor', 'Sum of shadow price times amount over scarce resources, in minor units'),
  number('score', 'P · C · V · L − cost − shadow costs, in minor units; P where propensity orders'),
  number('place_shown', 'Place at the placement, from 1; null for what was not shown'),
  number('probability', 'Probability of being shown, given what earlier placements of the call show'),
  text('dt', 'Day it first arrived'),
];

const told = 'Decisions of which it was told';

/** Columns of `v_treatment_performance`, in its order. */
export const treatmentPerformanceColumns: readonly LakeColumn[] = [
  text('day', 'Day of the decision, UTC'),
  text('treatment_id', 'The treatment'),
  text('offer_id', 'Its offer'),
  text('offer_group', 'Group of its offer'),
  ...same('placement_id', 'channel', 'strategy_id', 'arm'),
  count('decisions', 'Decisions that showed it'),
  count('customers', 'Customers whom they were about'),
  number('expected_rate', 'Mean of the predicted probabilities of acceptance'),
  count('presented', told),
  count('clicked', told),
  count('accepted', told),
  count('converted', told),
  count('rejected', told),
  count('ignored', told),
  count('complained', told),
  count('unsubscribed', told),
  count('considering', told),
  count('call_back', told),
  count('no_answer', told),
  count('not_reached', told),
  count('bounced', told),
  number(
    'response_rate',
    'Part of the decisions with a yes to what the offer is for (its goal); expected_rate is of the same',
  ),
  count('value_minor', 'What dispositions say came of it, in minor units'),
  number('cost_minor', 'Costs of the contacts, in minor units'),
];

/** Columns of `v_contact_pressure`, in its order. */
export const contactPressureColumns: readonly LakeColumn[] = [
  ...same('customer_id'),
  text('day', 'Day with a contact, UTC'),
  count('contacts', 'Treatments shown on that day'),
  count('contacts_7_days', 'Treatments shown in the 7 days that end with it'),
  count('inbound_7_days', 'Of these, where the customer had come'),
  count('outbound_7_days', 'Of these, where the firm went to the customer'),
  count('contacts_30_days', 'Treatments shown in the 30 days that end with it'),
];
