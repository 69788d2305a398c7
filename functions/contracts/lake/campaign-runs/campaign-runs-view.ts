import type { LakeViewDefinition } from '#contracts/lake/view.ts';

/** View `v_campaign_runs`: a row a run, with accounts that add up. */
export const campaignRunsView: LakeViewDefinition = {
  name: 'v_campaign_runs',
  description:
    'Each run of a campaign with its accounts: audience = contacted + held_out + excluded + failed + expired + pending',
  columns: [
    { name: 'run_id', glueType: 'string', description: 'Run' },
    { name: 'campaign_id', glueType: 'string', description: 'Campaign' },
    { name: 'ordinal', glueType: 'bigint', description: 'How many runs the campaign has had with this one' },
    {
      name: 'is_dry_run',
      glueType: 'boolean',
      description: 'Whether nothing was to be sent: then what it would have done',
    },
    { name: 'state', glueType: 'string', description: 'What it is by the latest news' },
    { name: 'started_at', glueType: 'timestamp', description: 'When it began, UTC' },
    { name: 'finished_at', glueType: 'timestamp', description: 'When it was over, UTC; null until then' },
    { name: 'audience', glueType: 'bigint', description: 'Customers of its audience' },
    { name: 'contacted', glueType: 'bigint', description: 'Messages that left' },
    { name: 'held_out', glueType: 'bigint', description: 'Customers left alone by lot' },
    { name: 'excluded', glueType: 'bigint', description: 'Customers not contacted, for reasons: contacts has them' },
    { name: 'failed', glueType: 'bigint', description: 'Customers lost to faults' },
    { name: 'expired', glueType: 'bigint', description: 'Customers whose message became too old' },
    { name: 'pending', glueType: 'bigint', description: 'Customers not decided for or not sent to yet' },
  ],
};
