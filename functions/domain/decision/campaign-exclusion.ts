import type { Exclusion } from './candidate.ts';

export type CampaignExclusion = NonNullable<Exclusion['byCampaign']>;

/** What stands against all treatments of a campaign for a customer, among the reasons that decisions have. */
export function campaignExclusion(byCampaign: CampaignExclusion): Exclusion {
  return { reason: reasonOf[byCampaign], byCampaign };
}

const reasonOf = {
  left_audience: 'not_eligible',
  merged: 'contact_cap',
  entry_limit: 'resting',
  outbid: 'outranked',
} as const satisfies Record<CampaignExclusion, Exclusion['reason']>;
