import { lakeColumn as column } from '#contracts/lake/lake-column.ts';
import type { LakeViewDefinition } from '#contracts/lake/view.ts';

/** View `v_kpis`: the catalogue's KPIs, worked out from decisions and what came of them. */
export const kpisView: LakeViewDefinition = {
  name: 'v_kpis',
  description: 'Every KPI of the catalogue by part and day: its value over the days that end with it, and its target',
  columns: [
    column('kpi_id', 'string', 'KPI'),
    column('name', 'string', 'What people call it'),
    column('measure', 'string', 'What is measured: decisions, presentations, acceptances, acceptance-rate, value …'),
    column(
      'level',
      'string',
      'Kind of part that it is measured of: business, strategy, channel, segment, group or offer',
    ),
    column('part_id', 'string', 'The part; all for the business, empty for decisions of no strategy'),
    column('day', 'string', 'Day that the window ends with, UTC; none where nothing was shown in it'),
    column('window_days', 'bigint', 'Days that are measured together'),
    column(
      'value',
      'double',
      'Its value; rates are parts of presentations and null without any, money is in minor units',
    ),
    column('target', 'double', 'What is aimed at; null without a target'),
    column('is_met', 'boolean', 'Whether it is no worse than the target; null without one'),
    column('is_guardrail', 'boolean', 'Whether missing the target speaks against a strategy, whatever it earns'),
    column('currency', 'string', 'Currency that counts; null where the measure is no money, or money of any currency'),
  ],
};
