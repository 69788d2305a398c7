import { TestSend } from '#contracts/api/sending-routes.ts';
import { checkAccess } from '#domain/credential/access.ts';
import { readIdentifier } from '#domain/identity/identifier.ts';
import type { IdentifierCatalogue } from '#domain/identity/identifier-catalogue.ts';
import type { IdentityKey } from '#ports/identity-key.ts';
import type { HttpFunction } from '#runtime/http/answer-or-retry.ts';
import { identifiersFor, personaIdOf, unknownRegion } from '#runtime/http/customer-of.ts';
import { faultsInWords } from '#runtime/http/faults-in-words.ts';
import { answer, callerOfRequest, refuse } from '#runtime/http/http.ts';
import { jsonBody } from '#runtime/http/json-body.ts';
import { type SendTestDeps, sendTest } from '#use-cases/send/send-test.ts';

interface TestSendDeps extends SendTestDeps {
  readonly identityKey: () => Promise<IdentityKey>;
  readonly identifiers: IdentifierCatalogue;
}

/** Sends a treatment as to a customer, for who writes it to look at. Nothing is counted, asked or remembered. */
export function testSend(deps: TestSendDeps): HttpFunction {
  const send = sendTest(deps);
  return async (request) => {
    const access = checkAccess(callerOfRequest(request), 'catalogue', 'admin');
    if (access.kind === 'denied') return refuse(access.status, access.code, access.message);
    const body = jsonBody(request);
    if (body.kind === 'refused') return refuse(400, body.code, body.message);
    const wanted = TestSend.safeParse(body.value);
    if (!wanted.success) return refuse(400, 'invalid_request', faultsInWords(wanted.error, 'body'));
    const identifiers = identifiersFor(request, deps.identifiers);
    if (identifiers === undefined) return unknownRegion();
    const identifier = readIdentifier(wanted.data.customer, identifiers);
    if (identifier.kind === 'malformed') return refuse(400, 'malformed_identifier', identifier.message);
    const personaId = await personaIdOf(identifier, deps.identityKey);
    const sent = await send({ ...wanted.data, personaId });
    if (sent.kind === 'unknown') return refuse(404, sent.code, sent.message);
    return answer(200, sent.answer);
  };
}
