import * as z from 'zod';
import { parseTime } from '#domain/interaction/occurred-at.ts';
import { Currency } from '#domain/vocabulary/currency.ts';
import { Disposition } from '#domain/vocabulary/disposition.ts';
import { ItemId } from '#domain/vocabulary/item-id.ts';
import { largestValueMinor } from '#domain/vocabulary/largest-amounts.ts';

/** Most dispositions of one request. */
const mostReports = 500;

/** What a touchpoint tells: what a customer did with a treatment of a decision. */
export const DispositionReport = z.object({
  decisionId: z.uuid().describe('The decision that presented it'),
  treatmentId: ItemId.describe('The treatment'),
  disposition: Disposition.describe('What the customer did'),
  occurredAt: z
    .string()
    .refine((text) => parseTime(text) !== undefined, 'Expected an ISO 8601 time')
    .describe('When, ISO 8601; the arrival when absent')
    .optional(),
  value: z
    .object({ amountMinor: z.int().min(0).max(largestValueMinor), currency: Currency })
    .describe('What came of it, in minor units: the revenue of a conversion')
    .optional(),
});
export type DispositionReport = z.infer<typeof DispositionReport>;

const ReportList = z.array(DispositionReport).min(1).max(mostReports);

/** One disposition, or a list. */
export const DispositionReports = z.union([DispositionReport, ReportList]);

/** Reads one disposition or a list of them. Faults name the field, and before it the place in a list from 0: a union's would not. */
export function readDispositionReports(body: unknown): z.ZodSafeParseResult<readonly DispositionReport[]> {
  return Array.isArray(body)
    ? ReportList.safeParse(body)
    : DispositionReport.transform((report) => [report]).safeParse(body);
}
