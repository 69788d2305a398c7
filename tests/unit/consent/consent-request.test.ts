import { expect, test } from 'vitest';
import { ConsentRequest } from '#domain/consent/consent-request.ts';

const isTaken = (wanted: unknown) => ConsentRequest.safeParse(wanted).success;
const purposes = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`purpose-${index}`, true]));

test('a customer may say something about 1 to 32 purposes at once', () => {
  expect([0, 1, 32, 33].map((count) => isTaken(purposes(count)))).toEqual([false, true, true, false]);
});

test.each<[string, boolean]>([
  ['marketing', true],
  ['marketing:email', true],
  ['*:email', true],
  ['*', true],
  ['*:*', false],
  ['marketing:', false],
  ['marketing:email:work', false],
  [`marketing:${'c'.repeat(32)}`, true],
  [`marketing:${'c'.repeat(33)}`, false],
])('of %s it is %s', (purpose, taken) => {
  expect(isTaken({ [purpose]: false })).toBe(taken);
});
