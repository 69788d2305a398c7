import type { IncomingMessage } from 'node:http';
import { requestBody } from './request-body.ts';
import { ServiceError } from './service.ts';

/** The largest request that any of the JSON protocols takes: DynamoDB's BatchWriteItem. */
const maximumBytes = 16 * 1024 * 1024;

/** The whole body of a call. Throws {@link ServiceError} when it is too large. */
export async function callBody(request: IncomingMessage): Promise<Buffer> {
  const body = await requestBody(request, maximumBytes);
  if (body !== undefined) return body;
  throw new ServiceError('RequestEntityTooLargeException', `A request has at most ${maximumBytes} bytes`, 413);
}
