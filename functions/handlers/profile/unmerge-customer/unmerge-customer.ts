import { type Cluster, keyOfPersona } from '#domain/identity/cluster.ts';
import { readIdentifier } from '#domain/identity/identifier.ts';
import type { IdentifierCatalogue } from '#domain/identity/identifier-catalogue.ts';
import { type UnmergeAnswer, UnmergeBody } from '#domain/identity/unmerge.ts';
import { plainWords } from '#domain/vocabulary/plain-words.ts';
import type { Identities } from '#ports/identities.ts';
import type { IdentityKey } from '#ports/identity-key.ts';
import type { HttpFunction } from '#runtime/http/answer-or-retry.ts';
import { customerOf, identifiersFor, personaIdOf } from '#runtime/http/customer-of.ts';
import { faultsInWords } from '#runtime/http/faults-in-words.ts';
import { answer, refuse } from '#runtime/http/http.ts';
import { jsonBody } from '#runtime/http/json-body.ts';

interface UnmergeDeps {
  readonly identities: Pick<Identities, 'unmerge' | 'read'>;
  readonly identityKey: () => Promise<IdentityKey>;
  readonly identifiers: IdentifierCatalogue;
  readonly now: () => number;
}

/** Undoes the merge that brought a persona into a customer, and remembers who asked. Asking again changes nothing. */
export function unmergeCustomer(deps: UnmergeDeps): HttpFunction {
  return async (request) => {
    const asked = await customerOf(request, deps.identityKey, deps.identifiers, 'admin', 'unmerge');
    if (asked.kind === 'refused') return asked.answer;
    const said = jsonBody(request);
    if (said.kind === 'refused') return refuse(400, said.code, said.message);
    const wanted = UnmergeBody.safeParse(said.value, { error: plainWords });
    if (!wanted.success) return refuse(400, 'invalid_request', faultsInWords(wanted.error, 'body'));
    const part = await partOf(wanted.data, {
      ...deps,
      identifiers: identifiersFor(request, deps.identifiers) ?? deps.identifiers,
    });
    if (part.kind === 'malformed') return refuse(400, 'malformed_identifier', part.message);
    const { personaId } = part;
    const fromPersonaId = asked.personaId;
    const askedBy = asked.caller.credentialId;
    const result = await deps.identities.unmerge({ fromPersonaId, personaId, askedBy, nowMs: deps.now() });
    const cluster = result === 'unknown' ? undefined : await deps.identities.read(personaId);
    if (cluster === undefined) return refuse(404, 'not_linked', 'Nothing ever linked these two.');
    const body: UnmergeAnswer = {
      changed: result === 'unmerged',
      customerId: customerIn(cluster, fromPersonaId),
      separatedCustomerId: customerIn(cluster, personaId),
    };
    return answer(200, body);
  };
}

async function partOf({ persona, identifier: wanted = '' }: UnmergeBody, deps: UnmergeDeps) {
  if (persona !== undefined) return { kind: 'persona' as const, personaId: persona.toLowerCase() };
  const identifier = readIdentifier(wanted, deps.identifiers);
  if (identifier.kind === 'malformed') return identifier;
  return { kind: 'persona' as const, personaId: await personaIdOf(identifier, deps.identityKey) };
}

function customerIn(cluster: Cluster, personaId: string): string {
  return cluster.members.get(keyOfPersona(cluster, personaId) ?? '')?.customerId ?? personaId;
}
