import type { ServiceError } from '#local-cloud/cloud/service.ts';
import { s3Error } from './errors.ts';

/** What an aws-chunked body holds: the object's bytes, and headers that came after them (checksums). */
export interface DecodedBody {
  readonly body: Buffer;
  readonly trailers: Readonly<Record<string, string>>;
}

/**
 * Decodes the `aws-chunked` content encoding, signed or not, with or without trailers
 * (S3 API reference, "Signature calculations: transferring payload in multiple chunks").
 */
export function decodeAwsChunked(encoded: Buffer): DecodedBody {
  const chunks: Buffer[] = [];
  let at = 0;
  for (;;) {
    const [line, next] = readLine(encoded, at);
    const [hex = ''] = line.split(';');
    if (!/^[0-9a-f]+$/i.test(hex.trim()))
      throw incomplete(`a chunk's size was expected, "${line.slice(0, 40)}" arrived`);
    const size = Number.parseInt(hex, 16);
    at = next;
    if (size === 0) break;
    if (at + size + 2 > encoded.length) throw incomplete(`a chunk of ${size} bytes was cut short`);
    chunks.push(encoded.subarray(at, at + size));
    at += size + 2;
  }
  return { body: Buffer.concat(chunks), trailers: readTrailers(encoded, at) };
}

function readTrailers(encoded: Buffer, from: number): Readonly<Record<string, string>> {
  const trailers: [string, string][] = [];
  let at = from;
  while (at < encoded.length) {
    const [line, next] = readLine(encoded, at);
    const colon = line.indexOf(':');
    if (colon > 0) trailers.push([line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()]);
    at = next;
  }
  return Object.fromEntries(trailers);
}

function readLine(encoded: Buffer, at: number): readonly [line: string, next: number] {
  const end = encoded.indexOf('\r\n', at);
  if (end === -1) throw incomplete('a line without an end');
  return [encoded.toString('latin1', at, end), end + 2];
}

function incomplete(what: string): ServiceError {
  return s3Error('IncompleteBody', `The aws-chunked body is broken: ${what}`);
}
