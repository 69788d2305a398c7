import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bodyOf } from '#runtime/http/request-body.ts';
import { httpRequest } from '#support/builders/http-request.ts';

test.each<[string, Parameters<typeof httpRequest>[0], string]>([
  ['a text as it is', { body: 'grüße 👟' }, 'grüße 👟'],
  ['bytes as UTF-8', { body: Buffer.from('grüße 👟') }, 'grüße 👟'],
  ['gzip unpacked', { body: gzipSync('grüße 👟'), headers: { 'content-encoding': 'gzip' } }, 'grüße 👟'],
  ['the encoding "identity" as none', { body: 'x', headers: { 'content-encoding': ' Identity ' } }, 'x'],
  ['no body as an empty one', {}, ''],
])('reads %s', (_, parts, text) => {
  expect(bodyOf(httpRequest(parts))).toEqual({ kind: 'body', text });
});

const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
const sent = fc.jsonValue().map((value) => JSON.stringify(value));
const asText = (body: string) => ({ ...httpRequest({ headers, body }), isBase64Encoded: false });

test('reads the same of a compressed body, however it arrives', () => {
  fc.assert(
    fc.property(sent, (text) => {
      const gzip = gzipSync(text);
      const arrivals = [
        httpRequest({ headers, body: gzip }),
        asText(gzip.toString('base64')),
        asText(gzip.toString('latin1')),
        asText(text),
      ];
      expect(arrivals.map(bodyOf)).toEqual(arrivals.map(() => ({ kind: 'body', text })));
    }),
  );
});

test('says of a compressed body that was read as text why nobody can unpack it', () => {
  expect(bodyOf(asText(gzipSync('{"a":1}').toString('utf8')))).toEqual({
    kind: 'refused',
    code: 'malformed_gzip',
    message: expect.stringContaining('application/octet-stream'),
  });
});

test('unpacks no more than a request may have, however it arrives', () => {
  const bomb = gzipSync(Buffer.alloc(2_000_000));
  for (const request of [
    httpRequest({ body: bomb }),
    asText(bomb.toString('base64')),
    asText(bomb.toString('latin1')),
  ]) {
    expect(bodyOf(request)).toMatchObject({ kind: 'refused', code: 'body_too_large' });
  }
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
