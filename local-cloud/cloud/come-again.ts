import type { ServerResponse } from 'node:http';
import { endUnread } from './request-body.ts';

/** Answers 503 and when to come again: SDKs send again after a 503, and drop what a 404 answers. */
export function comeAgain(response: ServerResponse): void {
  const body = JSON.stringify({ message: 'Service Unavailable' });
  response.writeHead(503, {
    'content-type': 'application/json',
    'content-length': body.length,
    'retry-after': '1',
    connection: 'close',
  });
  endUnread(response, body);
}
