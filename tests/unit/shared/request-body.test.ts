import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { bodyOf } from '#shared/request-body.ts';
import { httpRequest } from '#support/builders/http-request.ts';

test.each<[string, Parameters<typeof httpRequest>[0], string]>([
  ['a text as it is', { body: 'grüße 👟' }, 'grüße 👟'],
  ['bytes as UTF-8', { body: Buffer.from('grüße 👟') }, 'grüße 👟'],
  ['gzip unpacked', { body: gzipSync('grüße 👟'), headers: { 'content-encoding': 'gzip' } }, 'grüße 👟'],
  ['the encoding "identity" as none', { body: 'x', headers: { 'content-encoding': ' Identity ' } }, 'x'],
  ['no body as an empty one', {}, ''],
])('reads %s', (_, wish, text) => {
  expect(bodyOf(httpRequest(wish))).toEqual({ kind: 'body', text });
});

test.each(['br', 'deflate', 'gzip, br'])('refuses the encoding %s', (encoding) => {
  const request = httpRequest({ body: 'x', headers: { 'content-encoding': encoding } });
  expect(bodyOf(request)).toMatchObject({ kind: 'refused', code: 'unsupported_encoding' });
});

test('refuses gzip whose checksum is wrong', () => {
  const bytes = gzipSync('{"a":1}');
  bytes.writeUInt32LE(0, bytes.length - 8);
  expect(bodyOf(httpRequest({ body: bytes }))).toMatchObject({ code: 'malformed_gzip' });
});
