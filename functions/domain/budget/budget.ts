import * as z from 'zod';
import { TimeZone } from '#domain/calendar/time-zone.ts';
import { Currency } from '#domain/vocabulary/currency.ts';
import { ItemId, ItemName } from '#domain/vocabulary/item-id.ts';

/** A scarce resource with a limit per period: money, call-centre minutes, e-mails. What is leased of it never passes the limit. */
export const Budget = z
  .strictObject({
    budgetId: ItemId.describe('The id, as in the path'),
    name: ItemName.describe('What people call it').optional(),
    unit: z.string().trim().min(1).max(32).describe('What it is counted in: minor units of money, minutes, e-mails …'),
    limit: z.number().min(0).max(1e15).describe('What may be used in one period'),
    period: z.enum(['day', 'week', 'month', 'total']).describe('When it starts anew; weeks begin on Monday'),
    timeZone: TimeZone.default('UTC').describe('IANA time zone in which periods begin'),
    currency: Currency.describe('Set when the unit is money: limit and amounts are its minor units').optional(),
    shadowPrice: z
      .number()
      .min(0)
      .max(1e12)
      .describe('Value of one unit in minor units of money, instead of the computed one')
      .optional(),
    pacing: z.enum(['even', 'none']).default('even').describe('Whether it is spent evenly over the period'),
    pacedOver: z
      .strictObject({
        from: z.iso.datetime().describe('When it begins'),
        until: z.iso.datetime().describe('When all of it should be used'),
      })
      .refine(({ from, until }) => Date.parse(from) < Date.parse(until), {
        path: ['until'],
        message: 'Expected a time after from',
      })
      .describe(
        'For the period total: the time over which it is spent evenly; without it, and after it, whoever comes first gets it',
      )
      .optional(),
  })
  .refine(({ period, pacedOver }) => pacedOver === undefined || period === 'total', {
    path: ['pacedOver'],
    message: 'Expected it with the period total only: others are spent evenly over themselves',
  });
export type Budget = z.infer<typeof Budget>;
