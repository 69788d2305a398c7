import { type ConsentAnswer, ConsentRequest } from '#domain/consent/consent-request.ts';
import type { Allowances } from '#ports/allowances.ts';
import type { HttpFunction } from '#runtime/http/answer-or-retry.ts';
import { customerOf } from '#runtime/http/customer-of.ts';
import { faultsInWords } from '#runtime/http/faults-in-words.ts';
import { answer, refuse } from '#runtime/http/http.ts';
import { jsonBody } from '#runtime/http/json-body.ts';
import { tooMany } from '#runtime/http/too-many.ts';
import { type TellConsentsDeps, tellConsents } from '#use-cases/collect/tell-consents.ts';

interface ChangeConsentsDeps extends TellConsentsDeps {
  readonly allowances: Allowances;
}

/**
 * Takes down what a customer says about consent, as an interaction like any other: it reaches profile and lake the same way,
 * and saying it again changes nothing.
 */
export function changeConsents(deps: ChangeConsentsDeps): HttpFunction {
  return async (request) => {
    const asked = await customerOf(request, deps.identityKey, deps.identifiers, 'collect', 'consents');
    if (asked.kind === 'refused') return asked.answer;
    const over = await deps.allowances.take(asked.caller, 1, deps.now());
    if (over !== undefined) return tooMany(over);
    const said = jsonBody(request);
    if (said.kind === 'refused') return refuse(400, said.code, said.message);
    const wanted = ConsentRequest.safeParse(said.value);
    if (!wanted.success) return refuse(400, 'invalid_request', faultsInWords(wanted.error, 'body'));
    const { personaId, identifier, caller } = asked;
    const occurredAt = await tellConsents({ personaId, identifier, caller, categoryPreferences: wanted.data }, deps);
    // A persona's id is the keyed hash of its identifier: a public key could ask for anybody's.
    const body: ConsentAnswer = { ...(caller.trust === 'server' ? { personaId } : {}), occurredAt };
    return answer(202, body);
  };
}
