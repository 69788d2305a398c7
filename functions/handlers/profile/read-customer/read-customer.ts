import type { IdentifierCatalogue } from '#domain/identity/identifier-catalogue.ts';
import { readProfile } from '#domain/profile/read-profile.ts';
import type { Customers } from '#ports/customers.ts';
import type { IdentityKey } from '#ports/identity-key.ts';
import type { HttpFunction } from '#runtime/http/answer-or-retry.ts';
import { customerOf } from '#runtime/http/customer-of.ts';
import { answer, type HttpAnswer, type HttpRequest, refuse } from '#runtime/http/http.ts';
import { namedCustomer } from '#runtime/http/named-customer.ts';

interface ReadCustomerDeps {
  readonly customers: Pick<Customers, 'view'>;
  readonly identityKey: () => Promise<IdentityKey>;
  readonly identifiers: IdentifierCatalogue;
  readonly now: () => number;
}

/** Answers a customer's single view. */
export function readCustomer(deps: ReadCustomerDeps): HttpFunction {
  return async (request) => {
    const { identifier, view } = namedCustomer(request);
    if (view === 'timeline' || view === 'identities') return atItsFunction(view, identifier, request);
    const asked = await customerOf(request, deps.identityKey, deps.identifiers);
    if (asked.kind === 'refused') return asked.answer;
    const customer = await deps.customers.view(asked.personaId);
    if (customer === undefined) return refuse(404, 'unknown_customer', 'No customer has this identifier.');
    const { customerId, personas, segments } = customer;
    const profile = readProfile(
      personas.map(({ state }) => state),
      new Date(deps.now()),
    );
    return answer(200, { customerId, personas: personas.length, ...profile, segments: [...segments].sort() });
  };
}

/**
 * A path that reaches over several segments leads to one function, this one; what another answers is at an address that holds the
 * identifier in its query.
 */
function atItsFunction(view: string, identifier: string, { queryStringParameters }: HttpRequest): HttpAnswer {
  const query = new URLSearchParams({ ...queryStringParameters, identifier });
  const location = `/v1/customers/${view}?${query}`;
  return answer(307, { location }, { location });
}
