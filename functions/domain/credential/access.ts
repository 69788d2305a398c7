import * as z from 'zod';
import { Touchpoint } from '#domain/vocabulary/touchpoint.ts';
import { allowanceOf } from './allowance.ts';
import { type Credential, type Scope, scopes } from './credential.ts';
import { Trust, trustOfScopes } from './trust.ts';

/** What the authorizer found out about a caller; API Gateway hands it to the function as text values. */
export const Caller = z.discriminatedUnion('credential', [
  z.object({ credential: z.enum(['absent', 'unknown', 'revoked']) }),
  z.object({
    credential: z.literal('known'),
    credentialId: z.string(),
    touchpoint: Touchpoint,
    /** Scopes, separated by blanks: the gateway's context carries no lists. */
    scopes: z.string(),
    trust: Trust,
    /** Touchpoints that it may speak for besides its own, separated by blanks. */
    touchpoints: z.string().optional(),
    /** What it may send; absent where nothing bounds it. */
    eventsPerSecond: z.coerce.number().optional(),
    eventsPerDay: z.coerce.number().optional(),
  }),
]);
export type Caller = z.infer<typeof Caller>;
export type KnownCaller = Extract<Caller, { credential: 'known' }>;

/** Why a caller may not go on, as the answer's status and error code. */
export interface AccessFault {
  readonly kind: 'denied';
  readonly status: 401 | 403;
  readonly code: 'missing_credential' | 'unknown_credential' | 'revoked_credential' | 'missing_scope';
  readonly message: string;
}

/** The caller that a key's stored credential makes. */
export function callerOf(credential: Credential | undefined): Caller {
  if (credential === undefined) return { credential: 'unknown' };
  if (credential.revokedAt !== undefined) return { credential: 'revoked' };
  const { credentialId, touchpoint, scopes: held, trust = trustOfScopes(held), touchpoints: others = [] } = credential;
  return {
    credential: 'known',
    credentialId,
    touchpoint,
    scopes: held.join(' '),
    trust,
    ...allowanceOf(trust, credential),
    ...(others.length === 0 ? {} : { touchpoints: others.join(' ') }),
  };
}

/** Whether the caller holds one of the scopes; a scope never implies another. */
export function checkAccess(
  caller: Caller,
  ...anyOf: readonly [Scope, ...Scope[]]
): { readonly kind: 'granted'; readonly caller: KnownCaller } | AccessFault {
  switch (caller.credential) {
    case 'absent':
      return denied(401, 'missing_credential', 'Send the key as user of Basic authentication, or as X-Write-Key.');
    case 'unknown':
      return denied(401, 'unknown_credential', 'No credential has this key.');
    case 'revoked':
      return denied(401, 'revoked_credential', 'This credential was revoked.');
    case 'known':
      return holds(caller, anyOf)
        ? { kind: 'granted', caller }
        : denied(
            403,
            'missing_scope',
            `This needs the scope ${anyOf.map((scope) => `"${scope}"`).join(' or ')} (known scopes: ${scopes.join(', ')}).`,
          );
  }
}

/** Whether the caller may speak for a touchpoint: its own, those that its credential names, and all for `admin`. */
export function maySpeakFor(caller: KnownCaller, touchpoint: string): boolean {
  return isNamedBy(caller, touchpoint) || holds(caller, ['admin']);
}

/** Whether a credential names a touchpoint: its own, and those that it speaks for besides. */
export function isNamedBy(caller: KnownCaller, touchpoint: string): boolean {
  return caller.touchpoint === touchpoint || (caller.touchpoints?.split(' ') ?? []).includes(touchpoint);
}

function holds(caller: KnownCaller, anyOf: readonly Scope[]): boolean {
  const held = caller.scopes.split(' ');
  return anyOf.some((scope) => held.includes(scope));
}

function denied(status: 401 | 403, code: AccessFault['code'], message: string): AccessFault {
  return { kind: 'denied', status, code, message };
}
