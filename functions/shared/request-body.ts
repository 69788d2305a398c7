import { gunzipSync } from 'node:zlib';
import { largestRequestBytes } from '#domain/interaction/segment-request.ts';
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

/** Reads a body as API Gateway hands it over: base64 when binary, gzip when its header or first bytes say so. */
export function bodyOf(request: HttpRequest): RequestBody {
  const bytes = Buffer.from(request.body ?? '', request.isBase64Encoded ? 'base64' : 'utf8');
  const encoding = request.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (encoding !== 'identity' && encoding !== 'gzip' && encoding !== '') {
    return { kind: 'refused', code: 'unsupported_encoding', message: 'Expected the content encoding gzip or none.' };
  }
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  if (!isGzip) return bytes.length > largestRequestBytes ? tooLarge : { kind: 'body', text: bytes.toString('utf8') };
  try {
    return { kind: 'body', text: gunzipSync(bytes, { maxOutputLength: largestRequestBytes }).toString('utf8') };
  } catch (error) {
    const isBomb = error instanceof RangeError;
    return isBomb ? tooLarge : { kind: 'refused', code: 'malformed_gzip', message: 'The body is not valid gzip.' };
  }
}
