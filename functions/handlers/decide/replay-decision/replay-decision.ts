import { checkAccess, type KnownCaller } from '#domain/credential/access.ts';
import type { Decision } from '#domain/decision/decision.ts';
import { answerOf } from '#domain/decision/decision-answer.ts';
import { replay } from '#domain/decision/replay.ts';
import type { Decisions } from '#ports/decisions.ts';
import type { HttpFunction } from '#runtime/http/answer-or-retry.ts';
import { answer, callerOfRequest, refuse } from '#runtime/http/http.ts';

/** Makes a decision again from its record; the header `decision-replay` says whether it is the same as what was answered then. */
export function replayDecision({ decisions }: { readonly decisions: Pick<Decisions, 'find'> }): HttpFunction {
  return async (http) => {
    const access = checkAccess(callerOfRequest(http), 'decide', 'read', 'admin');
    if (access.kind === 'denied') return refuse(access.status, access.code, access.message);
    const decision = await decisions.find((http.pathParameters?.id ?? '').toLowerCase());
    if (decision === undefined) return refuse(404, 'unknown_decision', 'No decision of the last weeks has this id.');
    if (!isOf(access.caller, decision)) {
      const message = 'A decision is replayed by the credential that asked for it, or with the scope "admin".';
      return refuse(403, 'foreign_decision', message);
    }
    const again = answer(200, answerOf(replay(decision)));
    const isSame = again.body === JSON.stringify(answerOf(decision));
    return { ...again, headers: { ...again.headers, 'decision-replay': isSame ? 'same' : 'different' } };
  };
}

/** Whether the caller asked for the decision, or may see everything. */
function isOf(caller: KnownCaller, { asked }: Decision): boolean {
  return (asked !== undefined && asked.by === caller.credentialId) || checkAccess(caller, 'admin').kind === 'granted';
}
