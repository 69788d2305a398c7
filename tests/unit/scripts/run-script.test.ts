import { parseArgs } from 'node:util';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { inWords } from '#scripts/run/run-script.ts';

const thrownBy = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    return error;
  }
};

test('tells an error that a script throws by its message alone', () => {
  expect(inWords(new Error('There is no model x'))).toBe('There is no model x');
});

test('names the service’s error when one refuses', () => {
  const error = Object.assign(new Error('Table not found'), { name: 'ResourceNotFoundException' });
  expect(inWords(error)).toBe('ResourceNotFoundException: Table not found');
});

test('says of a port that is taken that another one will do', () => {
  const taken = new Error('listen EADDRINUSE: address already in use 127.0.0.1:4800');
  expect(inWords(Object.assign(taken, { code: 'EADDRINUSE' }))).toBe(
    'listen EADDRINUSE: address already in use 127.0.0.1:4800: something else listens there; --port takes another one',
  );
});

test.each([
  ['CredentialsProviderError', 'sign in (aws sso login, aws configure)'],
  ['ExpiredToken', 'sign in again'],
  ['ExpiredTokenException', 'sign in again'],
  ['TokenProviderError', 'sign in again'],
  ['InvalidClientTokenId', 'does not know these keys'],
  ['UnrecognizedClientException', 'does not know these keys'],
  ['SignatureDoesNotMatch', 'clock is wrong'],
  ['AccessDenied', 'which role may what'],
  ['AccessDeniedException', 'which role may what'],
])('says what to do about %s, under the service’s own words', (name, advice) => {
  const [told, advised] = String(inWords(Object.assign(new Error('as AWS says it'), { name }))).split('\n');
  expect(told).toBe(`${name}: as AWS says it`);
  expect(advised).toContain(advice);
});

test('asks after the region when its address is none, through fetch as well', () => {
  const lost = Object.assign(new Error('getaddrinfo ENOTFOUND sts.eu-centrl-1.amazonaws.com'), { code: 'ENOTFOUND' });
  for (const error of [lost, new TypeError('fetch failed', { cause: lost })])
    expect(inWords(error)).toMatch(
      /^getaddrinfo ENOTFOUND sts.*\nThere is no such address: is the region spelled right/,
    );
});

test('says which option is unknown and which value does not fit', () => {
  expect(inWords(thrownBy(() => parseArgs({ args: ['--frob'] })))).toMatch(/^Unknown option '--frob'/);
  expect(inWords(thrownBy(() => z.object({ seed: z.coerce.number() }).parse({ seed: 'x' })))).toMatch(/at seed$/);
});

test('asks whether the local cloud runs when nothing answers there, through fetch as well', () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:9'), { code: 'ECONNREFUSED' });
  for (const error of [refused, new TypeError('fetch failed', { cause: refused })]) {
    expect(inWords(error)).toBe(
      'connect ECONNREFUSED 127.0.0.1:9: nothing answers there. Is the local cloud still running?',
    );
  }
});

test('keeps a fault of the program whole, with its stack', () => {
  const error = new TypeError('undefined is not a function');
  expect(inWords(error)).toBe(error);
});
