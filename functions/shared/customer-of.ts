import { checkAccess } from '#domain/credential/access.ts';
import { readIdentifier } from '#domain/identity/identifier.ts';
import type { IdentityKey } from '#ports';
import { callerOfRequest, type HttpAnswer, type HttpRequest, refuse } from './http.ts';

/** The customer that a request's path names, or the refusal to give. */
export async function customerOf(
  request: HttpRequest,
  identityKey: () => Promise<IdentityKey>,
): Promise<
  { readonly kind: 'customer'; readonly customerId: string } | { readonly kind: 'refused'; readonly answer: HttpAnswer }
> {
  const access = checkAccess(callerOfRequest(request), 'read');
  if (access.kind === 'denied') return { kind: 'refused', answer: refuse(access.status, access.code, access.message) };
  const identifier = readIdentifier(request.pathParameters?.identifier ?? '');
  if (identifier.kind === 'malformed') {
    return { kind: 'refused', answer: refuse(400, 'malformed_identifier', identifier.message) };
  }
  const { type, value } = identifier;
  const customerId = type === 'customer_id' ? value : (await identityKey()).personaId(type, value);
  return { kind: 'customer', customerId };
}
