import { parseArgs } from 'node:util';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { inWords } from '#scripts/run-script.ts';

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
  const error = Object.assign(new Error('The token is too old'), { name: 'ExpiredTokenException' });
  expect(inWords(error)).toBe('ExpiredTokenException: The token is too old');
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
