import * as z from 'zod';
import { runStates } from '#domain/campaign/campaign-run.ts';
import { contactStates } from '#domain/campaign/contact.ts';
import { RunAccounts } from '#domain/campaign/run-accounts.ts';

/** What may be said of a run that is to begin. */
export const RunRequest = z.strictObject({
  dryRun: z.boolean().default(false).describe('Tells who would get what and why; nothing is reserved, sent or counted'),
});

/** A run as the API tells of it. */
export const RunAnswer = z.object({
  runId: z.string(),
  campaignId: z.string(),
  dryRun: z.boolean(),
  state: z
    .enum(runStates)
    .describe('Failed: more was lost to faults than the campaign tolerates; a redrive does the rest'),
  startedAt: z.iso.datetime(),
  startedBy: z.string().describe('Credential, schedule or trigger'),
  finishedAt: z.iso.datetime().optional(),
  revision: z.int().describe('State of the catalogue that it was frozen to'),
  sendsAt: z.string().describe('The reading of a clock at which it sends').optional(),
  accounts: RunAccounts.describe(
    'audience = contacted + heldOut + excluded + failed + expired + pending; of a dry run, what they would be',
  ),
  prices: z.record(z.string(), z.number()).describe('What one more unit of each limit would have earned'),
});
export type RunAnswer = z.infer<typeof RunAnswer>;

export const RunsAnswer = z.object({ runs: z.array(RunAnswer) });

/** What becomes of some customers of a run. */
export const RunContactsAnswer = z.object({
  contacts: z.array(
    z.object({
      customerId: z.string(),
      state: z.enum(contactStates),
      reason: z.string().optional(),
      treatmentId: z.string().optional(),
      placementId: z.string().optional(),
      channel: z.string().optional(),
      decisionId: z.string().optional(),
      dueAt: z.iso.datetime().optional(),
    }),
  ),
  nextCursor: z.string().describe('Of the next page, if there is one').optional(),
});
export type RunContactsAnswer = z.infer<typeof RunContactsAnswer>;
