/** Why a run does not contact a customer, beside what decisions say (`Exclusion`). The code is an API: analysts count by it. */
export type CampaignReason =
  /** What is scarce went where it earns more. */
  | 'not_allocated'
  /** The run was cancelled before it was sent. */
  | 'cancelled'
  /** Its placements have nothing to show that is live. */
  | 'no_treatment';
