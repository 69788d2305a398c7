import type { IncomingMessage } from 'node:http';
import type { RouteMatch } from './route.ts';

/** What the event needs to know of the API. */
export interface ApiFacts {
  readonly apiId: string;
  readonly account: string;
  readonly nowMs: number;
  readonly requestId: string;
}

/** What an event tells of the route that a request took. */
type Matched = Pick<RouteMatch, 'pathParameters'> & { readonly route: Pick<RouteMatch['route'], 'key'> };

/** The part of a payload format 2.0 event that an authorizer and an integration both get. */
export type RequestEvent = ReturnType<typeof requestEvent>;

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const hopByHop = new Set(['connection', 'keep-alive', 'transfer-encoding', 'upgrade', 'cookie']);

/** Builds the event of a request as HTTP APIs do: the path is percent-decoded, the query string stays as it came. */
export function requestEvent(request: IncomingMessage, { route, pathParameters }: Matched, facts: ApiFacts) {
  const [encodedPath = '/', ...query] = (request.url ?? '/').split('?');
  const rawQueryString = query.join('?');
  const headers = headersOf(request);
  const host = headers.host ?? '';
  const sourceIp = request.socket.remoteAddress ?? '127.0.0.1';
  const cookies = request.headers.cookie?.split('; ');
  const queryStringParameters = queryOf(rawQueryString);
  return {
    version: '2.0',
    routeKey: route.key,
    rawPath: decodePath(encodedPath),
    rawQueryString,
    ...(cookies ? { cookies } : {}),
    headers: {
      ...headers,
      'x-forwarded-for': sourceIp,
      'x-forwarded-proto': 'http',
      'x-forwarded-port': host.split(':')[1] ?? '',
    },
    ...(queryStringParameters ? { queryStringParameters } : {}),
    requestContext: {
      accountId: facts.account,
      apiId: facts.apiId,
      domainName: host,
      domainPrefix: facts.apiId,
      http: {
        method: request.method ?? 'GET',
        path: decodePath(encodedPath),
        protocol: 'HTTP/1.1',
        sourceIp,
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: facts.requestId,
      routeKey: route.key,
      stage: '$default',
      time: logTime(facts.nowMs),
      timeEpoch: facts.nowMs,
    },
    ...(Object.keys(pathParameters).length > 0 ? { pathParameters } : {}),
  };
}

/** Body fields of the event: text as text, everything else, also what is compressed, as base64. */
export function bodyFields(body: Buffer, headers: Readonly<Record<string, string>>): object {
  if (body.length === 0) return { isBase64Encoded: false };
  const isText = isTextType(headers['content-type']) && headers['content-encoding'] === undefined;
  return { body: body.toString(isText ? 'utf8' : 'base64'), isBase64Encoded: !isText };
}

/** The path with its percent-encoding undone, where that gives text. */
export function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/**
 * AWS does not document which types are text. Observed on the service (ministackorg/ministack pull request 766): text/*
 * and JSON, XML and JavaScript of `application/`; a form or a missing type is binary.
 */
function isTextType(contentType: string | undefined): boolean {
  const type = contentType?.split(';')[0]?.trim().toLowerCase() ?? '';
  return type.startsWith('text/') || ['application/json', 'application/xml', 'application/javascript'].includes(type);
}

function headersOf(request: IncomingMessage): Readonly<Record<string, string>> {
  const kept = Object.entries(request.headersDistinct).filter(([name]) => !hopByHop.has(name));
  return Object.fromEntries(kept.map(([name, values]) => [name, (values ?? []).join(',')]));
}

function queryOf(query: string): Readonly<Record<string, string>> | undefined {
  if (query === '') return undefined;
  const parameters = new URLSearchParams(query);
  return Object.fromEntries([...new Set(parameters.keys())].map((name) => [name, parameters.getAll(name).join(',')]));
}

/** `12/Mar/2020:19:03:58 +0000` */
function logTime(nowMs: number): string {
  const date = new Date(nowMs);
  const day = String(date.getUTCDate()).padStart(2, '0');
  return `${day}/${months[date.getUTCMonth()]}/${date.getUTCFullYear()}:${date.toISOString().slice(11, 19)} +0000`;
}
