import * as z from 'zod';
import { checkAccess } from '#domain/credential/access.ts';
import type { CampaignRuns } from '#ports/campaign-runs.ts';
import { gather } from '#runtime/gather.ts';
import type { HttpFunction } from '#runtime/http/answer-or-retry.ts';
import { answer, callerOfRequest, refuse } from '#runtime/http/http.ts';
import { runOfPath } from '#runtime/http/run-of-path.ts';
import type { CampaignDeps } from '#use-cases/campaign/campaign-deps.ts';
import { contactsPage } from '#use-cases/campaign/contacts-page.ts';
import { type DescribeRunDeps, describeRun } from '#use-cases/campaign/describe-run.ts';

/** Runs of one answer. */
const mostRuns = 50;
const runsAtOnce = 8;

export interface ReadCampaignRunsDeps extends DescribeRunDeps, Pick<CampaignDeps, 'files'> {
  readonly runs: Pick<CampaignRuns, 'find' | 'list'>;
}

const Cursor = z.coerce.number().int().min(0).max(1e6);

/** Answers a campaign's runs, one of them with its accounts, or what becomes of each of its customers. */
export function readCampaignRuns(deps: ReadCampaignRunsDeps): HttpFunction {
  const describe = describeRun(deps);
  const page = contactsPage(deps);
  return async (http) => {
    const access = checkAccess(callerOfRequest(http), 'read', 'catalogue');
    if (access.kind === 'denied') return refuse(access.status, access.code, access.message);
    const { id = '', run: runId } = http.pathParameters ?? {};
    if (runId === undefined) {
      const runs = await deps.runs.list(id, mostRuns);
      return answer(200, { runs: await gather(runs, runsAtOnce, describe) });
    }
    const found = await runOfPath(http, deps.runs);
    if (found.kind === 'none') return found.answer;
    if (!http.rawPath.endsWith('/contacts')) return answer(200, await describe(found.run));
    const cursor = Cursor.safeParse(http.queryStringParameters?.cursor ?? 0);
    if (!cursor.success) return refuse(400, 'malformed_page', 'Expected the nextCursor of another page in cursor.');
    return answer(200, await page(found.run, cursor.data));
  };
}
