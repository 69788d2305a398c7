import { planChange } from '#domain/catalogue/plan-change.ts';
import { checkAccess } from '#domain/credential/access.ts';
import type { HttpFunction } from '#runtime/http/answer-or-retry.ts';
import { callerOfRequest, refuse } from '#runtime/http/http.ts';
import { type ChangeCatalogueDeps, changeCatalogue } from '#use-cases/catalogue/change-catalogue.ts';
import { dryRunAnswer, planAnswer, savedAnswer } from './answers.ts';
import { readChangeRequest } from './read-change-request.ts';

/** Checks a change of the catalogue and saves it, or says all that is wrong with it. */
export function writeCatalogue(deps: ChangeCatalogueDeps): HttpFunction {
  return async (request) => {
    const access = checkAccess(callerOfRequest(request), 'catalogue');
    if (access.kind === 'denied') return refuse(access.status, access.code, access.message);
    const read = readChangeRequest(request);
    if (read.kind === 'refused') return refuse(400, read.code, read.message);
    const { wanted } = read;
    if (read.isDryRun) {
      return dryRunAnswer(wanted, planChange(wanted, await deps.store.load(), true, deps.touchpoints));
    }
    const outcome = await changeCatalogue(wanted, access.caller.credentialId, deps);
    return outcome.kind === 'saved' ? savedAnswer(outcome.plan, outcome.version) : planAnswer(wanted, outcome.plan);
  };
}
