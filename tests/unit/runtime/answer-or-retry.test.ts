import { globSync, readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import type { Context } from 'aws-lambda';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import * as errors from '#runtime/errors.ts';
import { logger } from '#runtime/lambda.ts';
import { httpRequest } from '#support/builders/http-request.ts';

/** Whatever a handler asks of its environment is there. */
vi.mock('#runtime/environment.ts', () => ({
  environment: (...names: string[]) =>
    Object.fromEntries(names.map((name) => [name, name === 'IDENTIFIER_SETTINGS' ? '{}' : name])),
}));

const handlers = globSync('functions/handlers/*/*/handler.ts')
  .filter((file) => readFileSync(file, 'utf8').includes('withHttp('))
  .map((file) => ({ name: basename(dirname(file)), file: resolve(file) }))
  .sort((a, b) => a.name.localeCompare(b.name));

const exported: readonly unknown[] = Object.values(errors);
const passing = exported.filter(isRetryable);

function isRetryable(made: unknown): made is new (message: string) => errors.RetryableError {
  return (
    typeof made === 'function' &&
    Reflect.construct(made, ['x']) instanceof errors.RetryableError &&
    made !== errors.RetryableError
  );
}

const logged = vi.spyOn(logger, 'error').mockImplementation(() => {});
beforeEach(() => logged.mockClear());

describe.each(handlers)('$name', async ({ name, file }) => {
  let fault: Error = new Error('none yet');
  const camelCase = name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  vi.doMock(resolve(dirname(file), `${name}.ts`), () => ({ [camelCase]: () => () => Promise.reject(fault) }));
  const { handler } = await import(file);
  const ask = () => handler(httpRequest(), {} as Context);

  test.each(passing.map((Passing) => [new Passing('of ada').name, Passing] as const))(
    'answers 503 to a %s, says when to come again, and logs it once',
    async (named, Passing) => {
      fault = new Passing('of ada');
      const { statusCode, headers, body } = await ask();
      expect([statusCode, headers['retry-after'], headers['content-type']]).toEqual([503, '1', 'application/json']);
      expect(JSON.parse(body)).toEqual({
        error: { code: expect.stringMatching(/^[a-z_]+$/), message: expect.stringMatching(/; send .+\.$/) },
      });
      expect(body).not.toContain('ada');
      expect(logged.mock.calls).toMatchObject([[expect.any(String), { error: { name: named } }]]);
    },
  );

  test('leaves what no repetition mends a fault', async () => {
    fault = new errors.ConfigurationError('no table');
    await expect(ask()).rejects.toThrow(fault);
    expect(logged).not.toHaveBeenCalled();
  });
});

test('there are faults that pass, and functions that tell of them', () => {
  expect([handlers.length, passing.length]).toEqual([19, 12]);
});
