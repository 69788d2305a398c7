import { createHmac } from 'node:crypto';

const encoded = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');

/** Signs who is logged in, for five minutes: a JSON Web Token of HMAC-SHA-256. Any JWT library makes the same. */
export function signProof(
  proofKey: string,
  identifiers: Record<string, string>,
  keyId = '1',
  nowMs = Date.now(),
): string {
  const header = encoded({ alg: 'HS256', typ: 'JWT', kid: keyId });
  const text = `${header}.${encoded({ identifiers, exp: Math.floor(nowMs / 1000) + 300 })}`;
  return `${text}.${createHmac('sha256', proofKey).update(text).digest('base64url')}`;
}
