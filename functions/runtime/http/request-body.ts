import { gunzipSync } from 'node:zlib';
import { largestRequestBytes } from '#contracts/wire/segment-request.ts';
import type { HttpRequest } from './http.ts';

/** A body as text, or why it can't be one. */
export type RequestBody =
  | { readonly kind: 'body'; readonly text: string }
  | {
      readonly kind: 'refused';
      readonly code: 'body_too_large' | 'malformed_gzip' | 'unsupported_encoding';
      readonly message: string;
    };

const tooLarge: RequestBody = {
  kind: 'refused',
  code: 'body_too_large',
  message: `A request may have ${largestRequestBytes} bytes after decompression.`,
};

// 1f 8b begin every gzip, 08 is the only method that there is.
const gzipInBase64 = 'H4sI';
const gzipInCharacters = '\u001f\u008b';
/** Bytes that were read as UTF-8: what is no character is lost. */
const damagedGzip = '\u001f\ufffd';

const damaged: RequestBody = {
  kind: 'refused',
  code: 'malformed_gzip',
  message:
    'The compressed body was read as text on its way and can’t be unpacked: send it as application/octet-stream, or as it is.',
};

/** Reads a body as API Gateway hands it over: base64 when binary, gzip when its first bytes say so. */
export function bodyOf(request: HttpRequest): RequestBody {
  if (request.body?.startsWith(damagedGzip)) return damaged;
  const bytes = bytesOf(request);
  const encoding = request.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (encoding !== 'identity' && encoding !== 'gzip' && encoding !== '') {
    return { kind: 'refused', code: 'unsupported_encoding', message: 'Expected the content encoding gzip or none.' };
  }
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  if (!isGzip) return bytes.length > largestRequestBytes ? tooLarge : { kind: 'body', text: textOf(bytes) };
  try {
    return { kind: 'body', text: textOf(gunzipSync(bytes, { maxOutputLength: largestRequestBytes })) };
  } catch (error) {
    const isBomb = error instanceof RangeError;
    return isBomb ? tooLarge : { kind: 'refused', code: 'malformed_gzip', message: 'The body is not valid gzip.' };
  }
}

/**
 * The bytes as they were sent. AWS documents `isBase64Encoded` and not when an HTTP API sets it for what is compressed but called
 * `application/json`. Seen were base64 with the flag and without, a character for each byte, and a body that was unpacked already
 * but kept its header (dougmoscrop/serverless-http issue 194). No JSON begins as the first three do.
 */
function bytesOf({ body = '', isBase64Encoded }: HttpRequest): Buffer {
  if (isBase64Encoded || body.startsWith(gzipInBase64)) return Buffer.from(body, 'base64');
  return Buffer.from(body, body.startsWith(gzipInCharacters) ? 'latin1' : 'utf8');
}

/** A byte order mark is no part of the text; .NET writes one, and JSON knows none. */
function textOf(bytes: Buffer): string {
  return bytes.toString('utf8').replace(/^\uFEFF/, '');
}
