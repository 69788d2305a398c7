import { checkAccess, type KnownCaller } from '#domain/credential/access.ts';
import type { Scope } from '#domain/credential/credential.ts';
import { type Identifier, readIdentifier } from '#domain/identity/identifier.ts';
import type { IdentifierCatalogue } from '#domain/identity/identifier-catalogue.ts';
import { customerIdType } from '#domain/identity/identifier-type.ts';
import { isRegion } from '#domain/identity/normalise-value.ts';
import type { IdentityKey } from '#ports/identity-key.ts';
import { callerOfRequest, type HttpAnswer, type HttpRequest, refuse } from './http.ts';
import { namedCustomer } from './named-customer.ts';

/** Who is asked about: the persona that an identifier names, which a customer's id, today's or an earlier one, does too. */
export interface Asked {
  readonly kind: 'asked';
  readonly personaId: string;
  readonly identifier: Identifier;
  readonly caller: KnownCaller;
}

/** Who a request asks about, or the refusal to give; `view` is what of the customer its path ends with. */
export async function customerOf(
  request: HttpRequest,
  identityKey: () => Promise<IdentityKey>,
  identifiers: IdentifierCatalogue,
  scope: Scope = 'read',
  view?: string,
): Promise<Asked | { readonly kind: 'refused'; readonly answer: HttpAnswer }> {
  const access = checkAccess(callerOfRequest(request), scope);
  if (access.kind === 'denied') return { kind: 'refused', answer: refuse(access.status, access.code, access.message) };
  const named = namedCustomer(request);
  if (request.pathParameters?.path !== undefined && named.view !== view) {
    return { kind: 'refused', answer: refuse(404, 'unknown_endpoint', 'No such path of a customer.') };
  }
  const known = identifiersFor(request, identifiers);
  if (known === undefined) return { kind: 'refused', answer: unknownRegion() };
  const identifier = readIdentifier(named.identifier, known);
  if (identifier.kind === 'malformed') {
    return { kind: 'refused', answer: refuse(400, 'malformed_identifier', identifier.message) };
  }
  const personaId = await personaIdOf(identifier, identityKey);
  return { kind: 'asked', personaId, identifier, caller: access.caller };
}

/** The identifiers as a request reads them: `?region=DE` says whose phone numbers it writes. Undefined for no such region. */
export function identifiersFor(
  { queryStringParameters }: HttpRequest,
  identifiers: IdentifierCatalogue,
): IdentifierCatalogue | undefined {
  const region = queryStringParameters?.region?.trim().toUpperCase();
  if (region === undefined) return identifiers;
  return isRegion(region) ? { ...identifiers, region } : undefined;
}

/** The refusal of a region that there is none of. */
export function unknownRegion(): HttpAnswer {
  return refuse(400, 'unknown_region', 'Expected a country of ISO 3166 in two letters as region, such as DE.');
}

/** The persona that an identifier names. A customer's id that Lemniscate can't have given names nobody, and goes on as a hash only. */
export async function personaIdOf(
  { type, value }: Identifier,
  identityKey: () => Promise<IdentityKey>,
): Promise<string> {
  return type === customerIdType && isUuid(value) ? value : (await identityKey()).personaId(type, value);
}

function isUuid(text: string): boolean {
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text);
}
