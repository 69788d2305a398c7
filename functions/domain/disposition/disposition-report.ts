import * as z from 'zod';
import { parseTime } from '#domain/interaction/occurred-at.ts';
import { Currency } from '#domain/vocabulary/currency.ts';
import { Disposition } from '#domain/vocabulary/disposition.ts';
import { ItemId } from '#domain/vocabulary/item-id.ts';
import { largestValueMinor } from '#domain/vocabulary/largest-amounts.ts';
import { plainWords } from '#domain/vocabulary/plain-words.ts';
import { DispositionDetails } from './disposition-details.ts';

/** Most dispositions of one request. */
const mostReports = 500;

const isoTime = z.string().refine((text) => parseTime(text) !== undefined, 'Expected an ISO 8601 time');

/** What a touchpoint tells: what a customer did with a treatment of a decision. */
export const DispositionReport = z.strictObject({
  decisionId: z.uuid().describe('The decision that presented it'),
  treatmentId: ItemId.describe('The treatment'),
  disposition: Disposition.describe('What the customer did'),
  occurredAt: isoTime.describe('When, ISO 8601; the arrival when absent').optional(),
  value: z
    .strictObject({ amountMinor: z.int().min(0).max(largestValueMinor), currency: Currency })
    .describe('What came of it, in minor units: the revenue of a conversion')
    .optional(),
  ...DispositionDetails.shape,
  callBackAt: isoTime.describe('When the customer wants to be called, ISO 8601').optional(),
});
export type DispositionReport = z.infer<typeof DispositionReport>;

const ReportList = z.array(DispositionReport).min(1).max(mostReports);

/** One disposition, or a list. */
export const DispositionReports = z.union([DispositionReport, ReportList]);

/** What a report tells besides what happened; its call-back time in UTC. Undefined for none. */
export function detailsOf({
  reason,
  rootCause,
  agent,
  callBackAt,
  note,
}: DispositionReport): DispositionDetails | undefined {
  const callBackMs = parseTime(callBackAt);
  const details = {
    ...(reason === undefined ? {} : { reason }),
    ...(rootCause === undefined ? {} : { rootCause }),
    ...(agent === undefined ? {} : { agent }),
    ...(callBackMs === undefined ? {} : { callBackAt: new Date(callBackMs).toISOString() }),
    ...(note === undefined ? {} : { note }),
  };
  return Object.keys(details).length === 0 ? undefined : details;
}

/** Reads one disposition or a list of them. Faults name the field, and before it the place in a list from 0: a union's would not. */
export function readDispositionReports(body: unknown): z.ZodSafeParseResult<readonly DispositionReport[]> {
  return Array.isArray(body)
    ? ReportList.safeParse(body, { error: plainWords })
    : DispositionReport.transform((report) => [report]).safeParse(body, { error: plainWords });
}
