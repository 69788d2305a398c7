import * as z from 'zod';
import { Currency } from '#domain/vocabulary/currency.ts';
import { ItemId, ItemName } from '#domain/vocabulary/item-id.ts';

/** What a KPI measures. */
const kpiMeasures = [
  'decisions',
  'presentations',
  'acceptances',
  'acceptance-rate',
  'conversion-rate',
  'value',
  'value-per-customer',
  'cost',
  'complaint-rate',
  'unsubscribe-rate',
] as const;

/** A number on a scorecard with its target: of the whole business, or of one part of it. */
export const Kpi = z.strictObject({
  kpiId: ItemId.describe('The id, as in the path'),
  name: ItemName.describe('What people call it'),
  measure: z.enum(kpiMeasures).describe('What is measured; rates are parts of presentations, 0 to 1'),
  of: z
    .strictObject({
      level: z.enum(['business', 'strategy', 'channel', 'segment', 'group', 'offer']).describe('Kind of part'),
      id: ItemId.describe('The part; absent is each').optional(),
    })
    .default({ level: 'business' })
    .describe('What it is measured of'),
  windowDays: z.int().min(1).max(366).default(28).describe('Days that are measured together'),
  better: z.enum(['higher', 'lower']).describe('Which direction is good'),
  target: z.number().describe('What is aimed at; money in minor units').optional(),
  currency: Currency.describe('Set when the measure is money').optional(),
  guardrail: z
    .boolean()
    .default(false)
    .describe('Whether missing the target speaks against a strategy, whatever it earns'),
});
export type Kpi = z.infer<typeof Kpi>;
