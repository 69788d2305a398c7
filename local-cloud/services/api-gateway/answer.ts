import * as z from 'zod';

/** An HTTP answer. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: string | Buffer;
}

const proxyAnswer = z.object({
  statusCode: z.coerce.number().int().min(100).max(599),
  headers: z.record(z.string(), z.coerce.string()).nullish(),
  cookies: z.array(z.string()).nullish(),
  body: z.string().nullish(),
  isBase64Encoded: z.boolean().nullish(),
});

/** One of the gateway's own answers: `{"message":"Not Found"}`. */
export function plainAnswer(status: number, message: string): HttpAnswer {
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ message }) };
}

/** A function's result in payload format 2.0 as an answer; JSON without `statusCode` is a body with status 200. */
export function functionAnswer(payload: string): HttpAnswer {
  const result: unknown = JSON.parse(payload);
  const isShaped = typeof result === 'object' && result !== null && 'statusCode' in result;
  if (!isShaped) return { status: 200, headers: { 'content-type': 'application/json' }, body: payload };
  const parsed = proxyAnswer.safeParse(result);
  if (!parsed.success) return plainAnswer(500, 'Internal Server Error');
  const { statusCode, headers, cookies, body, isBase64Encoded } = parsed.data;
  const named = Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value] as const);
  return {
    status: statusCode,
    headers: {
      'content-type': 'text/plain',
      ...Object.fromEntries(named),
      ...(cookies ? { 'set-cookie': cookies } : {}),
    },
    body: isBase64Encoded ? Buffer.from(body ?? '', 'base64') : (body ?? ''),
  };
}
