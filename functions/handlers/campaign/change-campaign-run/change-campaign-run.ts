import { checkAccess } from '#domain/credential/access.ts';
import type { HttpFunction } from '#runtime/http/answer-or-retry.ts';
import { answer, callerOfRequest, refuse } from '#runtime/http/http.ts';
import { runOfPath } from '#runtime/http/run-of-path.ts';
import { type ChangeRunDeps, changeRunState, runCommands } from '#use-cases/campaign/change-run-state.ts';
import { type DescribeRunDeps, describeRun } from '#use-cases/campaign/describe-run.ts';

/** Pauses, resumes, cancels or redrives a run, as the last word of the path says. */
export function changeCampaignRun(deps: ChangeRunDeps & DescribeRunDeps): HttpFunction {
  const change = changeRunState(deps);
  const describe = describeRun(deps);
  return async (http) => {
    const access = checkAccess(callerOfRequest(http), 'catalogue');
    if (access.kind === 'denied') return refuse(access.status, access.code, access.message);
    const command = runCommands.find((each) => http.rawPath.endsWith(`/${each}`));
    if (command === undefined) return refuse(404, 'unknown_endpoint', 'There is no such command.');
    const found = await runOfPath(http, deps.runs);
    if (found.kind === 'none') return found.answer;
    const changed = await change(found.run, command);
    if (changed !== undefined) return answer(202, await describe(changed));
    const { state } = await describe(found.run);
    return refuse(409, 'run_not_ready', `The run is ${state}: it can't be asked to ${command}.`);
  };
}
