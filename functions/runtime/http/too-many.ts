import type { Over } from '#domain/credential/allowance.ts';
import { type HttpAnswer, refuse } from './http.ts';

/** The refusal of a request that is over what its credential may send: SDKs send it again after `retry-after` seconds. */
export function tooMany({ of, retryAfterSeconds }: Over): HttpAnswer {
  const headers = { 'retry-after': String(retryAfterSeconds) };
  return of === 'rate'
    ? refuse(429, 'rate_exceeded', 'This credential sends faster than it may; send the same request later.', headers)
    : refuse(429, 'quota_exceeded', 'This credential has used its quota of the day (UTC).', headers);
}
