import { RunRequest } from '#contracts/api/campaign-run-answers.ts';
import { dryRunName, runName } from '#domain/campaign/run-name.ts';
import type { Catalogue } from '#domain/catalogue/catalogue.ts';
import { checkAccess } from '#domain/credential/access.ts';
import type { HttpFunction } from '#runtime/http/answer-or-retry.ts';
import { faultsInWords } from '#runtime/http/faults-in-words.ts';
import { answer, callerOfRequest, type HttpRequest, refuse } from '#runtime/http/http.ts';
import { jsonBody } from '#runtime/http/json-body.ts';
import { type DescribeRunDeps, describeRun } from '#use-cases/campaign/describe-run.ts';
import { type StartRunDeps, startRun } from '#use-cases/campaign/start-run.ts';

export interface StartCampaignRunDeps extends StartRunDeps, DescribeRunDeps {
  readonly catalogue: () => Promise<Pick<Catalogue, 'campaigns' | 'revision'>>;
  /** Letters and digits that no other dry run has. */
  readonly newId: () => string;
}

/** Begins a run of a campaign, frozen to what the campaign is now. */
export function startCampaignRun(deps: StartCampaignRunDeps): HttpFunction {
  const start = startRun(deps);
  const describe = describeRun(deps);
  return async (http) => {
    const access = checkAccess(callerOfRequest(http), 'catalogue');
    if (access.kind === 'denied') return refuse(access.status, access.code, access.message);
    const request = readRequest(http);
    if (request.kind === 'refused') return request.answer;
    const { dryRun } = request;
    const { campaigns, revision } = await deps.catalogue();
    const campaignId = http.pathParameters?.id ?? '';
    const campaign = campaigns.get(campaignId);
    if (campaign === undefined) return refuse(404, 'unknown_item', `There is no campaign "${campaignId}".`);
    if (!dryRun && campaign.state !== 'live')
      return refuse(409, 'campaign_not_live', `The campaign is ${campaign.state}: only a dry run is had of it.`);
    const unique = deps.newId();
    const nameOf = (ordinal: number) =>
      dryRun ? dryRunName(campaignId, ordinal, unique) : runName(campaignId, ordinal);
    const startedBy = access.caller.credentialId;
    return answer(202, await describe(await start({ campaign, revision, dryRun, startedBy, nameOf })));
  };
}

function readRequest(http: HttpRequest) {
  // Nothing is to be said of a run in earnest.
  if (http.body === undefined || http.body === '') return { kind: 'request', dryRun: false } as const;
  const body = jsonBody(http);
  if (body.kind === 'refused') return { kind: 'refused', answer: refuse(400, body.code, body.message) } as const;
  const parsed = RunRequest.safeParse(body.value);
  if (parsed.success) return { kind: 'request', ...parsed.data } as const;
  const message = faultsInWords(parsed.error, 'body');
  return { kind: 'refused', answer: refuse(400, 'invalid_request', message) } as const;
}
