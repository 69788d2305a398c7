import { describe, expect, test } from 'vitest';
import { keyOfRequest } from '#domain/credential/key-of-request.ts';

const basic = (userAndPassword: string) => `Basic ${Buffer.from(userAndPassword).toString('base64')}`;

describe('the key of a request', () => {
  test.each<[string, Record<string, string>, string]>([
    ['is the user of Basic authentication', { authorization: basic('key:') }, 'key'],
    ['is the user of Basic authentication with a password', { authorization: basic('key:secret:x') }, 'key'],
    ['is the user of Basic authentication without a colon', { authorization: basic('key') }, 'key'],
    ['is found whatever the case of the scheme', { authorization: basic('key:').replace('Basic', 'bAsIc') }, 'key'],
    ['is the Bearer token', { authorization: 'Bearer key' }, 'key'],
    ['is X-Write-Key', { 'x-write-key': ' key ' }, 'key'],
    ['is X-Write-Key before the authorization', { 'x-write-key': 'key', authorization: 'Bearer other' }, 'key'],
    ['is the authorization’s when X-Write-Key is blank', { 'x-write-key': ' ', authorization: 'Bearer key' }, 'key'],
  ])('%s', (_, headers, key) => {
    expect(keyOfRequest(headers)).toBe(key);
  });

  test.each<Record<string, string>>([
    {},
    { authorization: '' },
    { authorization: 'Basic' },
    { authorization: basic(':password') },
    { authorization: 'Bearer' },
    { authorization: 'Digest key' },
    { authorization: 'key' },
  ])('is none in %j', (headers) => {
    expect(keyOfRequest(headers)).toBeUndefined();
  });
});
