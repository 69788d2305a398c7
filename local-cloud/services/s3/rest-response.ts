import type { ServerResponse } from 'node:http';
import { isRecord } from '#local-cloud/cloud/record.ts';
import { endUnread } from '#local-cloud/cloud/request-body.ts';
import { ServiceError } from '#local-cloud/cloud/service.ts';

const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** Answers of S3 that are headers, by member. */
const headers: Readonly<Record<string, string>> = {
  BucketRegion: 'x-amz-bucket-region',
  CacheControl: 'cache-control',
  ContentDisposition: 'content-disposition',
  ContentEncoding: 'content-encoding',
  ContentLanguage: 'content-language',
  ContentLength: 'content-length',
  ContentRange: 'content-range',
  ContentType: 'content-type',
  ETag: 'etag',
  LastModified: 'last-modified',
};

/** Root element of the answers that are XML documents. */
const documents: Readonly<Record<string, string>> = {
  DeleteObjects: 'DeleteResult',
  ListObjectsV2: 'ListBucketResult',
};

/** Writes an operation's answer in its REST form. */
export function writeRestAnswer(response: ServerResponse, operation: string, answer: unknown): void {
  const members = isRecord(answer) ? answer : {};
  switch (operation) {
    case 'ListObjectsV2':
    case 'DeleteObjects':
      writeXml(response, 200, element(documents[operation] ?? operation, members, ` xmlns="${namespace}"`));
      return;
    case 'ListBuckets': {
      const document = { Owner: { ID: 'local' }, Buckets: { Bucket: members.Buckets } };
      writeXml(response, 200, element('ListAllMyBucketsResult', document, ` xmlns="${namespace}"`));
      return;
    }
    case 'GetBucketLocation':
      writeXml(response, 200, element('LocationConstraint', members.LocationConstraint, ` xmlns="${namespace}"`));
      return;
    case 'DeleteObject':
      response.writeHead(204).end();
      return;
    default:
      writeHeaders(response, members);
      response.setHeader('accept-ranges', 'bytes');
      response.writeHead(members.ContentRange === undefined ? 200 : 206);
      response.end(members.Body instanceof Uint8Array ? members.Body : undefined);
  }
}

/** Writes an error as S3 does: an XML document with its code. */
export function writeRestError(response: ServerResponse, error: unknown): void {
  if (!(error instanceof ServiceError)) {
    writeXml(response, 500, element('Error', { Code: 'InternalError', Message: String(error) }));
    return;
  }
  const isDenied = error.code === 'AccessDeniedException';
  const document = { Code: isDenied ? 'AccessDenied' : error.code, Message: error.message, ...error.details };
  writeXml(response, isDenied ? 403 : error.status, element('Error', document));
}

function writeHeaders(response: ServerResponse, members: Readonly<Record<string, unknown>>): void {
  for (const [member, header] of Object.entries(headers)) {
    const value = members[member];
    if (value instanceof Date) response.setHeader(header, value.toUTCString());
    else if (value !== undefined) response.setHeader(header, String(value));
  }
  if (!isRecord(members.Metadata)) return;
  for (const [name, value] of Object.entries(members.Metadata)) response.setHeader(`x-amz-meta-${name}`, String(value));
}

function writeXml(response: ServerResponse, status: number, document: string): void {
  const body = Buffer.from(`<?xml version="1.0" encoding="UTF-8"?>\n${document}`);
  response.writeHead(status, { 'content-type': 'application/xml', 'content-length': body.length });
  endUnread(response, body);
}

/** Lists repeat their element, without a wrapper, as most of S3's lists do. */
function element(name: string, value: unknown, attributes = ''): string {
  if (value === undefined || value === null) return '';
  if (Array.isArray(value)) return value.map((item) => element(name, item)).join('');
  return `<${name}${attributes}>${content(value)}</${name}>`;
}

function content(value: unknown): string {
  if (value instanceof Date) return value.toISOString();
  if (isRecord(value))
    return Object.entries(value)
      .map(([name, member]) => element(name, member))
      .join('');
  return escapeXml(String(value));
}

/** Control characters as references, so that a key with one survives. */
function escapeXml(text: string): string {
  const escaped = text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
  return [...escaped].map((char) => (char < ' ' ? `&#x${char.charCodeAt(0).toString(16)};` : char)).join('');
}
