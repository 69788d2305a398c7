import type { IncomingMessage } from 'node:http';
import { crc32 } from 'node:zlib';
import { requestBody } from '#local-cloud/cloud/request-body.ts';
import { type DecodedBody, decodeAwsChunked } from './aws-chunked.ts';
import { s3Error } from './errors.ts';

/** One S3 call as its REST form says it. */
export interface RestCall {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
}

/** An object is in memory on its way to its file. */
const maximumObjectBytes = 256 * 1024 * 1024;

/** Query members that no operation reads: the SDKs' operation marker and presigned signatures. */
const ignoredQuery = /^(x-id|X-Amz-.*)$/;

const listQuery: Readonly<Record<string, string>> = {
  'list-type': '',
  'encoding-type': '',
  'fetch-owner': '',
  prefix: 'Prefix',
  delimiter: 'Delimiter',
  'max-keys': 'MaxKeys',
  'start-after': 'StartAfter',
  'continuation-token': 'ContinuationToken',
};

const putHeaders = {
  CacheControl: 'cache-control',
  ContentDisposition: 'content-disposition',
  ContentLanguage: 'content-language',
  ContentType: 'content-type',
  IfNoneMatch: 'if-none-match',
} as const;

/** Reads a request, its body included, into the operation and input that it means. Unknown ones are refused by name. */
export async function readRestRequest(request: IncomingMessage): Promise<RestCall> {
  const url = new URL(request.url ?? '/', 'http://s3.local');
  const { bucket, key } = addressOf(request, url);
  const query = [...url.searchParams.keys()].filter((name) => !ignoredQuery.test(name));
  const body = await readBody(request);
  const method = request.method ?? 'GET';
  const refuse = (): never => {
    throw s3Error('NotImplemented', `The local S3 does not know ${method} ${url.pathname}?${query.join('&')}`);
  };

  if (bucket === '') return method === 'GET' && query.length === 0 ? { operation: 'ListBuckets', input: {} } : refuse();
  if (key === '') {
    if (method === 'HEAD' && query.length === 0) return { operation: 'HeadBucket', input: { Bucket: bucket } };
    if (method === 'GET' && query.join() === 'location')
      return { operation: 'GetBucketLocation', input: { Bucket: bucket } };
    if (method === 'POST' && query.join() === 'delete')
      return { operation: 'DeleteObjects', input: { Bucket: bucket, Delete: { Objects: readKeys(body.body) } } };
    if (method === 'GET' && url.searchParams.get('list-type') === '2' && query.every((name) => name in listQuery))
      return { operation: 'ListObjectsV2', input: { Bucket: bucket, ...listInput(url.searchParams) } };
    return refuse();
  }
  if (query.length > 0) return refuse();
  const input = { Bucket: bucket, Key: key };
  switch (method) {
    case 'GET':
      return { operation: 'GetObject', input: { ...input, ...headersAs(request, { Range: 'range' }) } };
    case 'HEAD':
      return { operation: 'HeadObject', input };
    case 'DELETE':
      return { operation: 'DeleteObject', input };
    case 'PUT':
      if (request.headers['x-amz-copy-source'] !== undefined)
        throw s3Error('NotImplemented', 'The local S3 does not know CopyObject');
      return { operation: 'PutObject', input: { ...input, ...putInput(request, body) } };
    default:
      return refuse();
  }
}

/** Path style (`/bucket/key`), or virtual-host style (`bucket.localhost`, `bucket.s3.eu-central-1.amazonaws.com`). */
function addressOf(request: IncomingMessage, url: URL): { bucket: string; key: string } {
  const host = (request.headers.host ?? '').replace(/:\d+$/, '');
  const virtual = /^(.+?)\.(?:s3[.-][a-z0-9.-]+|s3|localhost)$/.exec(host)?.[1];
  const path = url.pathname.slice(1).split('/').map(decode);
  if (virtual !== undefined && virtual !== 's3') return { bucket: virtual, key: path.join('/') };
  const [bucket = '', ...key] = path;
  return { bucket, key: key.join('/') };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw s3Error('InvalidURI', `Couldn't parse the specified URI: ${part}`);
  }
}

async function readBody(request: IncomingMessage): Promise<DecodedBody> {
  const raw = await requestBody(request, maximumObjectBytes);
  if (raw === undefined)
    throw s3Error('EntityTooLarge', `The local S3 takes objects of at most ${maximumObjectBytes} bytes`);
  const isChunked =
    String(request.headers['x-amz-content-sha256']).startsWith('STREAMING-') ||
    String(request.headers['content-encoding']).includes('aws-chunked');
  const decoded = isChunked ? decodeAwsChunked(raw) : { body: raw, trailers: {} };
  const checksum = decoded.trailers['x-amz-checksum-crc32'] ?? request.headers['x-amz-checksum-crc32'];
  if (checksum !== undefined && checksum !== crc32Text(decoded.body))
    throw s3Error('BadDigest', 'The CRC32 you specified did not match what we received.');
  return decoded;
}

function crc32Text(body: Buffer): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(crc32(body));
  return bytes.toString('base64');
}

function putInput(request: IncomingMessage, { body }: DecodedBody): Readonly<Record<string, unknown>> {
  const encoding = String(request.headers['content-encoding'] ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'aws-chunked');
  const metadata = Object.entries(request.headers)
    .filter(([name]) => name.startsWith('x-amz-meta-'))
    .map(([name, value]) => [name.slice('x-amz-meta-'.length), String(value)]);
  return {
    ...headersAs(request, putHeaders),
    ...(encoding.length === 0 ? {} : { ContentEncoding: encoding.join(',') }),
    Metadata: Object.fromEntries(metadata),
    Body: body,
  };
}

function headersAs(
  request: IncomingMessage,
  names: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(names).flatMap(([member, header]) => {
      const value = request.headers[header];
      return typeof value === 'string' ? [[member, value]] : [];
    }),
  );
}

function listInput(query: URLSearchParams): Readonly<Record<string, string>> {
  return Object.fromEntries(
    [...query].flatMap(([name, value]) => {
      const member = listQuery[name];
      return member === undefined || member === '' ? [] : [[member, value]];
    }),
  );
}

/** Keys of a DeleteObjects document, which SDKs write without attributes or comments. */
function readKeys(body: Buffer): readonly { readonly Key: string }[] {
  const keys = body.toString().matchAll(/<Key>([^<]*)<\/Key>/g);
  return [...keys].map(([, escaped = '']) => ({ Key: unescapeXml(escaped) }));
}

function unescapeXml(text: string): string {
  const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|([a-z]+));/gi, (entity, hex?: string, decimal?: string, name = '') => {
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
    if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
    return named[name] ?? entity;
  });
}
