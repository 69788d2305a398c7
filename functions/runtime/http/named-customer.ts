import type { HttpRequest } from './http.ts';

/** Which customer a request names, and what of it. */
export interface NamedCustomer {
  /** `{type}:{value}`, not read yet; empty when there is none. */
  readonly identifier: string;
  /** The last part of a path that reaches over several segments, when it names a view. */
  readonly view?: string;
}

/** What is asked of customers besides themselves. */
const views = ['timeline', 'identities', 'consents', 'unmerge'];

/**
 * The customer that a request names: in its query, in one segment of its path, or in several. API Gateway decodes a path before it
 * parts it, so that an identifier with a slash is several segments, whether the slash was encoded or not.
 */
export function namedCustomer({ pathParameters, queryStringParameters }: HttpRequest): NamedCustomer {
  const { identifier = queryStringParameters?.identifier, path } = pathParameters ?? {};
  if (path === undefined) return { identifier: identifier ?? '' };
  const end = path.lastIndexOf('/');
  const view = views.find((name) => name === path.slice(end + 1));
  return view === undefined ? { identifier: path } : { identifier: path.slice(0, end), view };
}
