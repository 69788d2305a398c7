import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { dynamoCustomers } from '#adapters/customers-table/dynamo-customers.ts';
import { dynamoIdentities } from '#adapters/customers-table/dynamo-identities.ts';
import { readIdentityKey } from '#adapters/secrets-manager/secret-identity-key.ts';
import type { IdentifierCatalogue } from '#domain/identity/identifier-catalogue.ts';
import { customerIdType } from '#domain/identity/identifier-type.ts';
import { type IdentitiesView, identitiesView } from '#domain/identity/identities-view.ts';
import type { Customer, Customers } from '#ports/customers.ts';
import type { Identities } from '#ports/identities.ts';
import type { IdentityKey } from '#ports/identity-key.ts';
import { environment } from '#runtime/environment.ts';
import { type Asked, customerOf } from '#runtime/http/customer-of.ts';
import { answer, HttpRequest, refuse } from '#runtime/http/http.ts';
import { identifierCatalogueOf } from '#runtime/identifier-settings.ts';
import { withRuntime } from '#runtime/lambda.ts';
import { once } from '#runtime/once.ts';

interface ReadIdentitiesDeps {
  readonly customers: Customers;
  readonly identities: Pick<Identities, 'read'>;
  readonly identityKey: () => Promise<IdentityKey>;
  readonly identifiers: IdentifierCatalogue;
}

/** Answers a customer's identifiers, personas, links, and what became of them. */
export function makeHandler(deps: ReadIdentitiesDeps) {
  return async (request: HttpRequest) => {
    const asked = await customerOf(request, deps.identityKey, deps.identifiers);
    if (asked.kind === 'refused') return asked.answer;
    const [customer, cluster] = await Promise.all([
      deps.customers.customer(asked.personaId),
      deps.identities.read(asked.personaId),
    ]);
    if (customer === undefined) return refuse(404, 'unknown_customer', 'No customer has this identifier.');
    return answer(
      200,
      cluster === undefined ? await loneView(customer, asked, deps) : identitiesView(cluster, customer.customerId),
    );
  };
}

/** A customer that nothing links: its identifier is the one that was asked for, unless that was its id. */
async function loneView(
  { customerId, personas }: Customer,
  { identifier: { type, value }, personaId }: Asked,
  deps: ReadIdentitiesDeps,
): Promise<IdentitiesView> {
  const first = personas[0]?.state.seen?.first;
  const firstSeenAt = first === undefined ? null : new Date(first).toISOString();
  const isPersonal = deps.identifiers.types.get(type)?.personal ?? true;
  const own = async () => ({
    type,
    hash: (await deps.identityKey()).hash(type, value),
    ...(isPersonal ? {} : { value }),
    personaId,
    firstSeenAt,
    isShared: false,
  });
  return {
    customerId,
    identifiers: type === customerIdType ? [] : [await own()],
    personas: personas.map((persona) => ({ personaId: persona.personaId, firstSeenAt })),
    links: [],
    claims: [],
    waiting: [],
    history: [],
  };
}

export const handler = withRuntime('read-identities', HttpRequest, () => {
  const { CUSTOMERS_TABLE, IDENTITY_KEY_SECRET_ARN, IDENTIFIER_SETTINGS } = environment(
    'CUSTOMERS_TABLE',
    'IDENTITY_KEY_SECRET_ARN',
    'IDENTIFIER_SETTINGS',
  );
  const client = new DynamoDBClient({});
  const secrets = new SecretsManagerClient({});
  const identifiers = identifierCatalogueOf(IDENTIFIER_SETTINGS);
  return makeHandler({
    customers: dynamoCustomers(client, CUSTOMERS_TABLE),
    identities: dynamoIdentities(client, CUSTOMERS_TABLE, identifiers.types),
    identityKey: once(() => readIdentityKey(secrets, IDENTITY_KEY_SECRET_ARN)),
    identifiers,
  });
});
