import * as z from 'zod';

/** A reading of a clock, without a zone. */
const WallTime = z
  .string()
  .regex(/^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d$/, 'Expected a day and a time such as 2026-03-29T09:30')
  .refine((text) => !Number.isNaN(Date.parse(`${text}Z`)) && isDay(text.slice(0, 10)), 'There is no such day');

/** When a campaign runs, by the clock on a wall: the customer's own, or the firm's. */
export const CampaignSchedule = z
  .strictObject({
    at: WallTime.describe('When it sends first, by that clock'),
    every: z
      .enum(['once', 'day', 'week', 'month'])
      .default('once')
      .describe('How often; a month that lacks the day has none'),
    until: WallTime.describe('The last time that may be').optional(),
    clock: z.enum(['customer', 'firm']).default('firm').describe('Whose clock: each customer’s own, or the stage’s'),
  })
  .refine(({ at, until }) => until === undefined || at <= until, {
    path: ['until'],
    message: 'Expected a time after at',
  });
export type CampaignSchedule = z.infer<typeof CampaignSchedule>;

function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}
