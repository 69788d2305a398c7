import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { dynamoIdentities } from '#adapters/customers-table/dynamo-identities.ts';
import { readIdentityKey } from '#adapters/secrets-manager/secret-identity-key.ts';
import { type Cluster, keyOfPersona } from '#domain/identity/cluster.ts';
import { readIdentifier } from '#domain/identity/identifier.ts';
import type { IdentifierCatalogue } from '#domain/identity/identifier-catalogue.ts';
import { type UnmergeAnswer, UnmergeBody } from '#domain/identity/unmerge.ts';
import type { Identities } from '#ports/identities.ts';
import type { IdentityKey } from '#ports/identity-key.ts';
import { environment } from '#runtime/environment.ts';
import { IdentitiesContendedError } from '#runtime/errors.ts';
import { customerOf, identifiersFor, personaIdOf } from '#runtime/http/customer-of.ts';
import { answer, HttpRequest, refuse } from '#runtime/http/http.ts';
import { jsonBody } from '#runtime/http/json-body.ts';
import { identifierCatalogueOf } from '#runtime/identifier-settings.ts';
import { logger, withRuntime } from '#runtime/lambda.ts';
import { once } from '#runtime/once.ts';

interface UnmergeDeps {
  readonly identities: Pick<Identities, 'unmerge' | 'read'>;
  readonly identityKey: () => Promise<IdentityKey>;
  readonly identifiers: IdentifierCatalogue;
  readonly now: () => number;
}

/** Undoes the merge that brought a persona into a customer, and remembers who asked. Asking again changes nothing. */
export function makeHandler(deps: UnmergeDeps) {
  return async (request: HttpRequest) => {
    const asked = await customerOf(request, deps.identityKey, deps.identifiers, 'admin', 'unmerge');
    if (asked.kind === 'refused') return asked.answer;
    const said = jsonBody(request);
    if (said.kind === 'refused') return refuse(400, said.code, said.message);
    const wanted = UnmergeBody.safeParse(said.value);
    if (!wanted.success) {
      return refuse(400, 'invalid_request', 'Expected {"persona": id} or {"identifier": "{type}:{value}"}.');
    }
    const part = await partOf(wanted.data, {
      ...deps,
      identifiers: identifiersFor(request, deps.identifiers) ?? deps.identifiers,
    });
    if (part.kind === 'malformed') return refuse(400, 'malformed_identifier', part.message);
    const { personaId } = part;
    const fromPersonaId = asked.personaId;
    const askedBy = asked.caller.credentialId;
    try {
      const result = await deps.identities.unmerge({ fromPersonaId, personaId, askedBy, nowMs: deps.now() });
      const cluster = result === 'unknown' ? undefined : await deps.identities.read(personaId);
      if (cluster === undefined) return refuse(404, 'not_linked', 'Nothing ever linked these two.');
      const body: UnmergeAnswer = {
        changed: result === 'unmerged',
        customerId: customerIn(cluster, fromPersonaId),
        separatedCustomerId: customerIn(cluster, personaId),
      };
      return answer(200, body);
    } catch (error) {
      if (!(error instanceof IdentitiesContendedError)) throw error;
      logger.error('A customer was not unmerged', { error });
      return refuse(503, 'identities_contended', 'The customer keeps changing; send it again.', { 'retry-after': '1' });
    }
  };
}

async function partOf(wanted: UnmergeBody, deps: UnmergeDeps) {
  if ('persona' in wanted) return { kind: 'persona' as const, personaId: wanted.persona.toLowerCase() };
  const identifier = readIdentifier(wanted.identifier, deps.identifiers);
  if (identifier.kind === 'malformed') return identifier;
  return { kind: 'persona' as const, personaId: await personaIdOf(identifier, deps.identityKey) };
}

function customerIn(cluster: Cluster, personaId: string): string {
  return cluster.members.get(keyOfPersona(cluster, personaId) ?? '')?.customerId ?? personaId;
}

export const handler = withRuntime('unmerge-customer', HttpRequest, () => {
  const { CUSTOMERS_TABLE, IDENTITY_KEY_SECRET_ARN, IDENTIFIER_SETTINGS } = environment(
    'CUSTOMERS_TABLE',
    'IDENTITY_KEY_SECRET_ARN',
    'IDENTIFIER_SETTINGS',
  );
  const secrets = new SecretsManagerClient({});
  const identifiers = identifierCatalogueOf(IDENTIFIER_SETTINGS);
  return makeHandler({
    identities: dynamoIdentities(new DynamoDBClient({}), CUSTOMERS_TABLE, identifiers.types),
    identityKey: once(() => readIdentityKey(secrets, IDENTITY_KEY_SECRET_ARN)),
    identifiers,
    now: Date.now,
  });
});
