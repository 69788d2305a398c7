import type { CampaignRun } from '#domain/campaign/campaign-run.ts';
import type { CampaignRuns } from '#ports/campaign-runs.ts';
import { type HttpAnswer, type HttpRequest, refuse } from './http.ts';

/** The run that a path names, of the campaign that it names; or the refusal to give. */
export async function runOfPath(
  { pathParameters }: HttpRequest,
  runs: Pick<CampaignRuns, 'find'>,
): Promise<
  { readonly kind: 'run'; readonly run: CampaignRun } | { readonly kind: 'none'; readonly answer: HttpAnswer }
> {
  const { id = '', run: runId = '' } = pathParameters ?? {};
  const run = await runs.find(runId);
  if (run?.campaignId === id) return { kind: 'run', run };
  return { kind: 'none', answer: refuse(404, 'unknown_run', `The campaign "${id}" has no run "${runId}".`) };
}
