import { exactJson } from '#domain/text/exact-json.ts';
import type { HttpRequest } from './http.ts';
import { bodyOf, type RequestBody } from './request-body.ts';

/** The JSON value of a body, or why there is none. */
export type JsonBody =
  | { readonly kind: 'json'; readonly value: unknown }
  | Extract<RequestBody, { kind: 'refused' }>
  | { readonly kind: 'refused'; readonly code: 'malformed_json'; readonly message: string };

/** Reads the JSON of a small body. */
export function jsonBody(request: HttpRequest): JsonBody {
  const body = bodyOf(request);
  if (body.kind === 'refused') return body;
  try {
    return { kind: 'json', value: exactJson(body.text) };
  } catch (error) {
    // Also a RangeError, of what nests too deep.
    const reason = error instanceof Error ? error.message : String(error);
    return { kind: 'refused', code: 'malformed_json', message: `Expected a body of JSON. ${reason}` };
  }
}
