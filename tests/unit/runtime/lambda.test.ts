import type { Context } from 'aws-lambda';
import { afterEach, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { environment } from '#runtime/environment.ts';
import { ConfigurationError, UnexpectedShapeError } from '#runtime/errors.ts';
import { withRuntime } from '#runtime/lambda.ts';

afterEach(() => vi.unstubAllEnvs());

const makeDouble = vi.fn(
  () =>
    async ({ number }: { number: number }) =>
      number * 2,
);
const double = () => withRuntime('double', z.object({ number: z.number() }), makeDouble);
const context = {} as Context;

afterEach(() => makeDouble.mockClear());

test('nothing is built before the first event, and then once for all of them', async () => {
  const handler = double();
  await Promise.resolve();
  expect(makeDouble).not.toHaveBeenCalled();
  expect(await Promise.all([handler({ number: 1 }, context), handler({ number: 2 }, context)])).toEqual([2, 4]);
  expect(await handler({ number: 3 }, context)).toBe(6);
  expect(makeDouble).toHaveBeenCalledTimes(1);
});

test('on Lambda it is built as the function starts', () => {
  vi.stubEnv('AWS_LAMBDA_FUNCTION_NAME', 'double');
  double();
  expect(makeDouble).toHaveBeenCalledTimes(1);
});

test.each(['', 'double'])(
  'what can’t be built fails the event by name and is tried again with the next (%j)',
  async (name) => {
    vi.stubEnv('AWS_LAMBDA_FUNCTION_NAME', name === '' ? undefined : name);
    const handler = withRuntime('double', z.object({}), () => {
      const { FACTOR } = environment('FACTOR');
      return async () => FACTOR;
    });
    await expect(handler({}, context)).rejects.toThrow(ConfigurationError);
    vi.stubEnv('FACTOR', '2');
    expect(await handler({}, context)).toBe('2');
  },
);

test('an event of another shape is refused', async () => {
  await expect(double()({ number: 'one' }, context)).rejects.toThrow(UnexpectedShapeError);
});
