import * as z from 'zod';
import { Channel } from '#domain/vocabulary/channel.ts';
import { ItemId, ItemName } from '#domain/vocabulary/item-id.ts';
import { RuleText } from '#domain/vocabulary/rule-text.ts';
import { CampaignSchedule } from './campaign-schedule.ts';
import { CampaignTrigger } from './campaign-trigger.ts';

/** What people may name in a list once. */
const Ids = z
  .array(ItemId)
  .min(1)
  .max(100)
  .refine((ids) => new Set(ids).size === ids.length, 'One is named twice');

const Limit = z.number().min(0).max(1e12);

/** The firm speaks first: whom it goes to, with what, when, and how much of what is scarce it may take. */
export const Campaign = z
  .strictObject({
    // Runs are named after it, and an execution's name has 80 characters.
    campaignId: ItemId.max(48)
      .regex(/^[^/]+$/, 'Expected no "/": its runs stand below it')
      .describe('The id, as in the path'),
    name: ItemName.describe('What people call it'),
    kpiId: ItemId.describe('The KPI that it is for').optional(),
    audience: RuleText.describe(
      'CEL rule: whether a customer belongs to its audience; the lake must know all that it asks',
    ),
    placements: Ids.max(10).describe('Ids of the placements it speaks at, and with them its channels'),
    offers: Ids.describe('Offers it may use; absent is all that its placements have').optional(),
    treatments: Ids.describe('Treatments it may use; absent is all that its placements have').optional(),
    holdoutShare: z.number().min(0).max(1).default(0).describe('Part of its audience that it leaves alone, 0 to 1'),
    salt: z.string().min(1).max(64).describe('Another salt holds out others; absent is the campaign’s id').optional(),
    budgets: z
      .array(
        z.strictObject({
          budgetId: ItemId.describe('The budget or capacity that its treatments use'),
          most: Limit.describe('What one run may take of it, in its unit'),
        }),
      )
      .max(20)
      .refine((all) => new Set(all.map(({ budgetId }) => budgetId)).size === all.length, 'A budget is named twice')
      .default([])
      .describe('What a run may take of budgets, beside their own limits'),
    capacity: z
      .array(
        z.strictObject({
          channel: Channel.describe('The channel'),
          most: z.int().min(0).max(1e9).describe('Customers that one run may contact on it'),
        }),
      )
      .max(20)
      .refine((all) => new Set(all.map(({ channel }) => channel)).size === all.length, 'A channel is named twice')
      .default([])
      .describe('How many customers a run may contact on a channel'),
    schedule: CampaignSchedule.describe('When it runs; absent is when somebody asks for it').optional(),
    trigger: CampaignTrigger.describe('What brings a customer into it, one by one').optional(),
    entry: z
      .strictObject({
        most: z.int().min(1).max(1000).describe('How often a customer may be contacted by it, in all').optional(),
        restDays: z.number().positive().max(3660).describe('Days between two of its contacts, at least').optional(),
      })
      .default({})
      .describe('How often a customer may enter it'),
    attributionDays: z.number().positive().max(90).default(7).describe('Days in which an answer counts for it'),
    expiresAfterHours: z
      .number()
      .positive()
      .max(24 * 60)
      .default(72)
      .describe('Hours after which a message that could not be sent is not sent any more'),
    toleratedFailures: z
      .number()
      .min(0)
      .max(1)
      .default(0.05)
      .describe('Part of a run’s batches that may fail before the run does, 0 to 1'),
    state: z
      .enum(['draft', 'live', 'paused', 'ended'])
      .default('draft')
      .describe('Only live campaigns run; a dry run is had of any'),
    approvedBy: z.string().trim().min(1).max(120).describe('Who approved it; nothing goes live without').optional(),
  })
  .check(({ value, issues }) => {
    const fault = (path: string, message: string) =>
      issues.push({ code: 'custom', input: value, path: [path], message });
    if (value.state === 'live' && value.approvedBy === undefined)
      fault('approvedBy', 'Expected who approved it: it is live');
    if (value.schedule !== undefined && value.trigger !== undefined)
      fault('trigger', 'Expected a schedule or a trigger, not both');
  });
export type Campaign = z.infer<typeof Campaign>;
