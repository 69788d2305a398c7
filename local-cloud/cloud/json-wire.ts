import type { ServerResponse } from 'node:http';
import * as z from 'zod';
import { endUnread } from './request-body.ts';
import { ServiceError } from './service.ts';

/** Answers of AWS's JSON protocols, in the content type of the request. */
export const jsonWire = {
  write(response: ServerResponse, value: unknown, status = 200): void {
    const body = Buffer.from(JSON.stringify(value));
    const type = response.req.headers['content-type'] ?? 'application/x-amz-json-1.0';
    response.writeHead(status, { 'content-type': type, 'content-length': body.length });
    endUnread(response, body);
  },
  /** What is no service's error is one of the request, when it was malformed, or ours. */
  refuse(response: ServerResponse, error: unknown): void {
    const { code, message, status, details } = error instanceof ServiceError ? error : unforeseen(error);
    response.setHeader('x-amzn-errortype', code);
    jsonWire.write(response, { __type: code, message, ...details }, status);
  },
};

function unforeseen(error: unknown): ServiceError {
  const message = error instanceof Error ? error.message : String(error);
  const isMalformed = error instanceof z.ZodError || error instanceof SyntaxError;
  if (isMalformed) return new ServiceError('SerializationException', message);
  console.error(error);
  return new ServiceError('InternalFailure', message, 500);
}
