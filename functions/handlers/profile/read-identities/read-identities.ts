import type { IdentifierCatalogue } from '#domain/identity/identifier-catalogue.ts';
import { customerIdType } from '#domain/identity/identifier-type.ts';
import { type IdentitiesView, identitiesView } from '#domain/identity/identities-view.ts';
import type { Customer, Customers } from '#ports/customers.ts';
import type { Identities } from '#ports/identities.ts';
import type { IdentityKey } from '#ports/identity-key.ts';
import type { HttpFunction } from '#runtime/http/answer-or-retry.ts';
import { type Asked, customerOf } from '#runtime/http/customer-of.ts';
import { answer, refuse } from '#runtime/http/http.ts';

interface ReadIdentitiesDeps {
  readonly customers: Customers;
  readonly identities: Pick<Identities, 'read'>;
  readonly identityKey: () => Promise<IdentityKey>;
  readonly identifiers: IdentifierCatalogue;
}

/** Answers a customer's identifiers, personas, links, and what became of them. */
export function readIdentities(deps: ReadIdentitiesDeps): HttpFunction {
  return async (request) => {
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
