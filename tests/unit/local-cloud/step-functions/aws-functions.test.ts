import fc from 'fast-check';
import { expect, test } from 'vitest';
import { evaluate } from '#local-cloud/services/step-functions/jsonata/evaluate.ts';

const bindings = (variables: Readonly<Record<string, unknown>> = {}) => ({ states: {}, variables, nowMs: 0 });
const evaluated = (expression: string, variables?: Readonly<Record<string, unknown>>) =>
  evaluate(`{% ${expression} %}`, 'Output', bindings(variables));
const refusalOf = (expression: string) =>
  evaluated(expression).then(
    (value) => `gave ${JSON.stringify(value)}`,
    (error: { reason: string }) => error.reason.replace(/^.* specified for the field 'Output' /, ''),
  );

// What AWS gives, from its guide and from executions of others that were published.
test.each([
  ['$partition([1, 2, 3, 4, 5], 2)', [[1, 2], [3, 4], [5]]],
  ['$partition([1, 2, 3, 4, 5], 2.9)', [[1, 2], [3, 4], [5]]],
  ['$partition([1, 2, 3])', [[1, 2, 3]]],
  ['$range(0, 10, 2)', [0, 2, 4, 6, 8, 10]],
  ['$range(10, 0, -2)', [10, 8, 6, 4, 2, 0]],
  ['$range(-1.7, 2, 1)', [-1, 0, 1, 2]],
  ['$range(3, 3, 1)', 3],
  ['$hash("Hello", "MD5")', '8b1a9953c4611296a827abf8c47804d7'],
  ['$hash("Hello", "SHA-1")', 'f7ff9e8b7bb2e09b70935a5d785e0cc5d9d0abf0'],
  ['$random(42)', 0.7275636800328681],
  ['$random(0.9)', 0.730967787376657],
  ['$parse(\'{"b":1,"a":[2]}\')', { b: 1, a: [2] }],
  ["$exists($parse('null'))", true],
  ['$map([\'{"a":1}\', \'{"a":2}\'], $parse).a', [1, 2]],
  ['$now()', '1970-01-01T00:00:00.000Z'],
  ['$millis()', 0],
])('%s', async (expression, value) => {
  expect(await evaluated(expression)).toEqual(value);
});

test.each([
  ['$partition([1, 2, 3], -1)', 'D3137: Second argument must be zero or greater'],
  ['$partition("a", 2)', 'T0412: Argument 1 of function "partition" must be an array of undefined'],
  ['$partition([1], 2, 3)', 'T0410'],
  ['$partition([], 2)', 'returned nothing (undefined).'],
  ['$range(5, 1, 1)', 'returned nothing (undefined).'],
  ['$range(1, 5, 0)', 'returned nothing (undefined).'],
  ['$range(1)', 'T0410'],
  ['$hash("Hello", "md5")', "D3137: Hash algorithm 'md5' must be one of SHA-1, SHA-384, SHA-256, SHA-512, MD5"],
  ['$hash("Hello")', 'returned nothing (undefined).'],
  ['$random(1, 2)', 'T0410'],
  ['$uuid("seed")', 'T0410'],
  ['$parse("no json")', 'D3137: Invalid JSON'],
  ['$parse("1e400")', 'D3137: Invalid JSON'],
  ['$parse(\'{"a":1,"a":2}\')', 'D3137: Invalid JSON'],
  ['$eval("1")', 'threw an error during evaluation. T1006: Attempted to invoke a non-function'],
  ['function($x) { $x }', 'returned an unsupported result type.'],
  ['$nothing', 'returned nothing (undefined).'],
])('%s is refused', async (expression, refusal) => {
  expect(await refusalOf(expression)).toContain(refusal);
});

test('parts put together are the whole, each but the last is full', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.jsonValue({ maxDepth: 1 }), { minLength: 1, maxLength: 30 }),
      fc.integer({ min: 1, max: 40 }),
      async (items, size) => {
        const parts = (await evaluated('$partition($items, $size)', { items, size })) as unknown[][];
        expect(parts.flat(1)).toEqual(JSON.parse(JSON.stringify(items)));
        expect(parts.slice(0, -1).every(({ length }) => length === size)).toBe(true);
      },
    ),
  );
});

test('a range begins with its start, goes by its step and does not pass its end', async () => {
  const whole = fc.integer({ min: -200, max: 200 });
  await fc.assert(
    fc.asyncProperty(whole, whole, fc.integer({ min: 1, max: 50 }), async (start, end, step) => {
      const numbers = [await evaluated('[$range($start, $end, $step)]', { start, end, step })].flat() as number[];
      const expected = [];
      for (let number = start; number <= end; number += step) expected.push(number);
      expect(numbers).toEqual(expected);
    }),
  );
});
