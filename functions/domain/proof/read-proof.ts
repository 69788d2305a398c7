import * as z from 'zod';
import { type Identifier, identifierFrom } from '#domain/identity/identifier.ts';
import type { IdentifierCatalogue } from '#domain/identity/identifier-catalogue.ts';

/** A token that lives longer could be taken from one browser to another at leisure. */
export const longestProofMs = 3_600_000;
/** Far more than a few identifiers take. */
const longestToken = 4096;

const Header = z.object({ alg: z.literal('HS256'), kid: z.string().min(1).max(32) });
const Payload = z.object({
  /** Values by type: `{ "user_id": "u1", "email": "ada@example.com" }`. */
  identifiers: z.record(z.string(), z.string()),
  /** Seconds since 1970, as RFC 7519 has it. */
  exp: z.number(),
});

/** The firm's word that identifiers are one person's, or why a token is none. */
export type ReadProof =
  | { readonly kind: 'proof'; readonly identifiers: readonly Identifier[] }
  | { readonly kind: 'fault'; readonly detail: string };

/** What a token is judged by. */
export interface ProofJudge {
  readonly nowMs: number;
  readonly identifiers: IdentifierCatalogue;
  /** Whether a text was signed with the key of an id; false for keys that are not in use. */
  readonly isSigned: (keyId: string, text: string, signature: Buffer) => boolean;
}

/** Reads a JSON Web Token (RFC 7519) with HMAC-SHA-256, which is the only way of signing that is taken. Never throws. */
export function readProof(token: string, { nowMs, identifiers: catalogue, isSigned }: ProofJudge): ReadProof {
  const [header = '', payload = '', signature = '', ...more] = token.length > longestToken ? [] : token.split('.');
  const head = Header.safeParse(jsonIn(header));
  const body = Payload.safeParse(jsonIn(payload));
  if (more.length > 0 || !head.success || !body.success) {
    return fault('The proof is no token as docs/proof.md describes it');
  }
  if (!isSigned(head.data.kid, `${header}.${payload}`, Buffer.from(signature, 'base64url'))) {
    return fault('The proof is not signed with a key in use');
  }
  const expiresMs = body.data.exp * 1000;
  if (expiresMs <= nowMs) return fault('The proof has expired');
  if (expiresMs > nowMs + longestProofMs) return fault('The proof would live for more than an hour');
  const named = Object.entries(body.data.identifiers).map(([type, value]) => identifierFrom(type, value, catalogue));
  const identifiers = named.filter((one) => one !== undefined);
  return identifiers.length === 0 || identifiers.length < named.length
    ? fault('The proof names something that identifies nobody')
    : { kind: 'proof', identifiers };
}

function fault(detail: string): ReadProof {
  return { kind: 'fault', detail };
}

function jsonIn(part: string): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
