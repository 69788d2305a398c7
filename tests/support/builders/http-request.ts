import type { Caller, KnownCaller } from '#domain/credential/access.ts';
import type { HttpRequest } from '#runtime/http/http.ts';

/** What a test says of a request; the rest is a call of a web touchpoint that may do everything. */
export interface RequestParts {
  readonly method?: string;
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly pathParameters?: Record<string, string>;
  readonly query?: Record<string, string>;
  /** A text goes as it is, bytes go in base64 as API Gateway hands binary over, any other value as its JSON. */
  readonly body?: unknown;
  /** `undefined` for a route without authorizer. */
  readonly caller?: Caller | undefined;
}

/** A caller that the authorizer knows. */
export function knownCaller(scopes = 'collect decide read catalogue admin'): KnownCaller {
  return { credential: 'known', credentialId: 'c-1', touchpoint: 'web', scopes, trust: 'server' };
}

/** A request as an HTTP API hands it to a function (payload format 2.0). */
export function httpRequest(parts: RequestParts = {}): HttpRequest {
  const { method = 'POST', path = '/v1/track', headers = {}, pathParameters, query, body } = parts;
  const caller = 'caller' in parts ? parts.caller : knownCaller();
  return {
    rawPath: path,
    headers: { host: 'api.example.org', ...headers },
    ...(pathParameters === undefined ? {} : { pathParameters }),
    ...(query === undefined ? {} : { queryStringParameters: query }),
    ...(body === undefined ? {} : { body: bodyText(body) }),
    isBase64Encoded: body instanceof Uint8Array,
    requestContext: {
      http: { method, path },
      ...(caller === undefined ? {} : { authorizer: { lambda: caller } }),
    },
  };
}

function bodyText(body: unknown): string {
  if (body instanceof Uint8Array) return Buffer.from(body).toString('base64');
  return typeof body === 'string' ? body : JSON.stringify(body);
}
