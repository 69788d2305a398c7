import { checkAccess } from '#domain/credential/access.ts';
import { questionText } from '#domain/decision/asked.ts';
import { answerOf } from '#domain/decision/decision-answer.ts';
import type { DecisionPlan } from '#domain/decision/decision-plan.ts';
import { namesPerson, readIdentifier } from '#domain/identity/identifier.ts';
import type { IdentifierCatalogue } from '#domain/identity/identifier-catalogue.ts';
import type { Allowances } from '#ports/allowances.ts';
import type { Credentials } from '#ports/credentials.ts';
import type { IdentityKey } from '#ports/identity-key.ts';
import type { HttpFunction } from '#runtime/http/answer-or-retry.ts';
import { callerByKey } from '#runtime/http/caller-by-key.ts';
import { identifiersFor, personaIdOf, unknownRegion } from '#runtime/http/customer-of.ts';
import { answer, refuse } from '#runtime/http/http.ts';
import { tooMany } from '#runtime/http/too-many.ts';
import type { decisionMaker } from '#use-cases/decide/decision-maker.ts';
import { fingerprintOf } from '#use-cases/decide/fingerprint-of.ts';
import { decisionIdOf, newDecisionId } from './decision-id.ts';
import { foreignPlace, readRequest, unknownPlacements, unknownTouchpoint } from './read-request.ts';

export interface MakeDecisionDeps {
  readonly credentials: Credentials;
  readonly allowances: Allowances;
  readonly identityKey: () => Promise<IdentityKey>;
  readonly identifiers: IdentifierCatalogue;
  readonly plan: () => Promise<DecisionPlan>;
  readonly maker: Pick<ReturnType<typeof decisionMaker>, 'decideOne'>;
  readonly now: () => number;
  readonly newId: () => string;
}

/** Answers what now for this customer, here. What is answered has been counted and recorded, unless it is a preview. */
export function makeDecision(deps: MakeDecisionDeps): HttpFunction {
  return async (http) => {
    // An authorizer would be one more function to pay for, for each decision; the key is remembered here for a minute.
    const access = checkAccess(await callerByKey(http.headers, deps.credentials), 'decide');
    if (access.kind === 'denied') return refuse(access.status, access.code, access.message);
    const over = await deps.allowances.take(access.caller, 1, deps.now());
    if (over !== undefined) return tooMany(over);
    const read = readRequest(http);
    if (read.kind === 'refused') return read.answer;
    const identifiers = identifiersFor(http, deps.identifiers);
    if (identifiers === undefined) return unknownRegion();
    const identifier = readIdentifier(read.request.customer, identifiers);
    if (identifier.kind === 'malformed') return refuse(400, 'malformed_identifier', identifier.message);

    const plan = await deps.plan();
    const unknown = unknownTouchpoint(read.request, plan);
    if (unknown !== undefined) return unknown;
    const { credentialId, touchpoint } = access.caller;
    const request = { ...read.request, touchpoint: read.request.touchpoint ?? touchpoint };
    const { idempotencyKey } = read;
    const refused = unknownPlacements(request, plan) ?? foreignPlace(request, plan, access.caller);
    if (refused !== undefined) return refused;
    const personaId = await personaIdOf(identifier, deps.identityKey);
    const fingerprint = idempotencyKey === undefined ? '' : fingerprintOf(questionText(request));
    const decision = await deps.maker.decideOne(plan, {
      personaId,
      request,
      decisionId:
        idempotencyKey === undefined
          ? newDecisionId(deps.newId)
          : decisionIdOf(await deps.identityKey(), credentialId, idempotencyKey),
      asksPerson: namesPerson(identifier, deps.identifiers),
      asked: { by: credentialId, fingerprint },
      isRepeatable: idempotencyKey !== undefined,
    });
    if (decision.personaId !== personaId || decision.asked?.fingerprint !== fingerprint) {
      const message = 'This Idempotency-Key was used for another customer or question.';
      return refuse(409, 'idempotency_key_reused', message);
    }
    return answer(200, answerOf(decision));
  };
}
