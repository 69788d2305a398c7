import * as z from 'zod';
import { Campaign } from './campaign.ts';
import { RunAccounts } from './run-accounts.ts';

/** What a run can be: it has chosen once all that it wants to contact is written down; `failed` is for good unless it is redriven. */
export const runStates = [
  'choosing',
  'sending',
  'paused',
  'cancelled',
  'finished',
  'finishedWithFailures',
  'failed',
] as const;
export type RunState = (typeof runStates)[number];

/** One time that a campaign goes to its audience, frozen to what the campaign was when it began. */
export const CampaignRun = z.object({
  /** Also the name of its execution. */
  runId: z.string(),
  campaignId: z.string(),
  /** How many runs the campaign has had with this one; a dry run has the number that the next run will have. */
  ordinal: z.int(),
  dryRun: z.boolean(),
  state: z.enum(runStates),
  /** The state that a paused run goes on with. */
  pausedFrom: z.enum(runStates).optional(),
  campaign: Campaign,
  /** The catalogue's, of which the campaign is. */
  revision: z.int(),
  startedAtMs: z.number(),
  startedBy: z.string(),
  /** The reading of a clock, as of a schedule, at which it sends; absent is at once. */
  sendsAt: z.string().optional(),
  /** Customers whom a trigger brought; absent is whom the audience rule chooses. */
  customers: z.array(z.string()).optional(),
  /** How many customers its audience has, in how many chunks; absent until it is known. */
  audience: z.int().optional(),
  chunks: z.int().optional(),
  /** What a unit of each budget costs when customers are weighed, so that all of them are weighed alike. */
  budgetPrices: z.record(z.string(), z.number()).default({}),
  /** What a unit of each limit of the run was worth, as allocation found. */
  prices: z.record(z.string(), z.number()).default({}),
  chosenAtMs: z.number().optional(),
  releasedAtMs: z.number().optional(),
  finishedAtMs: z.number().optional(),
  /** Of a run that is over. */
  accounts: RunAccounts.optional(),
  /** How often it was begun again under a new execution. */
  redrives: z.int().default(0),
  version: z.int(),
});
export type CampaignRun = z.infer<typeof CampaignRun>;
