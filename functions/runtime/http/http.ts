import * as z from 'zod';
import type { ErrorCode } from '#contracts/api/error-codes.ts';
import { Caller } from '#domain/credential/access.ts';
import { withoutNulls } from './without-nulls.ts';

const PresentFields = z.object({
  rawPath: z.string(),
  headers: z.record(z.string(), z.string()).default({}),
  pathParameters: z.record(z.string(), z.string()).optional(),
  queryStringParameters: z.record(z.string(), z.string()).optional(),
  body: z.string().optional(),
  isBase64Encoded: z.boolean().default(false),
  requestContext: z.object({
    http: z.object({ method: z.string(), path: z.string() }),
    // Absent where the function is asked at a URL of its own, and what stands there is who signed.
    authorizer: z.object({ lambda: Caller.optional() }).optional(),
  }),
});

/**
 * What handlers read of an HTTP API request (payload format 2.0, with the authorizer's context). Typed clients and emulators
 * write null for what API Gateway leaves out: both are absent.
 */
export const HttpRequest = z.preprocess(withoutNulls, PresentFields);
export type HttpRequest = z.infer<typeof HttpRequest>;

/** An answer in payload format 2.0. */
export interface HttpAnswer {
  readonly statusCode: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Whether the body is base64 of what is to be answered. */
  readonly isBase64Encoded?: boolean;
}

/** A JSON answer. */
export function answer(statusCode: number, body: unknown, headers: Readonly<Record<string, string>> = {}): HttpAnswer {
  return { statusCode, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}

/** The one form of every refusal: a code for programs, words for people. */
export function refuse(
  statusCode: number,
  code: ErrorCode,
  message: string,
  headers: Readonly<Record<string, string>> = {},
): HttpAnswer {
  return answer(statusCode, { error: { code, message } }, headers);
}

/** Who calls, as the authorizer found out. */
export function callerOfRequest(request: HttpRequest): Caller {
  return request.requestContext.authorizer?.lambda ?? { credential: 'absent' };
}
