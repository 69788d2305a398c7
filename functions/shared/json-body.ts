import type { HttpRequest } from './http.ts';
import { bodyOf } from './request-body.ts';

/** The JSON value of a small body; `undefined`, which fits no schema, for what is no JSON or can't be read. */
export function jsonBody(request: HttpRequest): unknown {
  const body = bodyOf(request);
  if (body.kind === 'refused') return undefined;
  try {
    return JSON.parse(body.text);
  } catch {
    return undefined;
  }
}
