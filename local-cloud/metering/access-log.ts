import { logEventBytes } from './function-log.ts';

/** What of a request shows in the access log's length. */
export interface LoggedRequest {
  readonly route: string;
  /** Whether the route has an authorizer, whose values are in the log. */
  readonly isAuthorized: boolean;
  readonly status: number;
  readonly responseBytes: number;
}

/** Bytes of a request's event in the access log of a stage with this format; values that aren't known have their usual length. */
export function accessLogBytes(format: string, { route, isAuthorized, status, responseBytes }: LoggedRequest): number {
  const values = new Map([
    ['$context.requestId', 'JKJaXmPLvHcESHA='],
    ['$context.requestTimeEpoch', '1767225600'],
    ['$context.routeKey', route],
    ['$context.status', String(status)],
    ['$context.responseLatency', '25'],
    ['$context.responseLength', String(responseBytes)],
    ['$context.authorizer.credentialId', isAuthorized ? '0190a2b4-7c3d-7e8f-9a0b-1c2d3e4f5a6b' : '-'],
  ]);
  // What has no value is logged as a hyphen.
  const line = format.replaceAll(/\$context(?:\.\w+)+/g, (variable) => values.get(variable) ?? '-');
  return Buffer.byteLength(line) + logEventBytes;
}
