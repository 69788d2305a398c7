import { describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { environment } from '#runtime/environment.ts';
import * as errors from '#runtime/errors.ts';
import { ConfigurationError, type LemniscateError, UnexpectedShapeError } from '#runtime/errors.ts';
import { gather } from '#runtime/gather.ts';
import { once } from '#runtime/once.ts';
import { parse, parseJson } from '#runtime/parse.ts';
import { readBusEvent } from '#runtime/read-bus-event.ts';
import { fullJitter } from '#runtime/retry.ts';
import { busMessage, receivedDetail, rejectedDetail } from '#support/builders/bus-message.ts';

describe('gather', () => {
  test('gives results in the order of the elements, whoever ends first', async () => {
    const work = (ms: number) => new Promise<number>((resolve) => setTimeout(() => resolve(ms), ms));
    expect(await gather([12, 1, 6], 3, work)).toEqual([12, 1, 6]);
  });

  test('runs no more than its width at a time', async () => {
    let running = 0;
    let most = 0;
    await gather(Array.from({ length: 20 }), 3, async () => {
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 1));
      running--;
    });
    expect(most).toBe(3);
  });

  test('fails when an element fails', async () => {
    await expect(gather([1, 2], 2, async (n) => Promise.reject(new Error(`no ${n}`)))).rejects.toThrow('no');
  });
});

describe('once', () => {
  test('runs one time for all who ask', async () => {
    const run = vi.fn(async () => 'result');
    const get = once(run);
    expect(await Promise.all([get(), get(), get()])).toEqual(['result', 'result', 'result']);
    expect(run).toHaveBeenCalledTimes(1);
  });

  test('runs again after a failure', async () => {
    const run = vi.fn().mockRejectedValueOnce(new Error('throttled')).mockResolvedValue('result');
    const get = once(run);
    await expect(get()).rejects.toThrow('throttled');
    expect(await get()).toBe('result');
  });
});

describe('parsing', () => {
  test('names the place of the fault and never the value', () => {
    const read = () =>
      parse(z.object({ mail: z.object({ to: z.number() }) }), { mail: { to: 'ann@example.org' } }, 'A thing');
    expect(read).toThrow(new UnexpectedShapeError('A thing does not have its shape at mail.to: invalid_type'));
  });

  test('of what is no JSON is a fault of shape', () => {
    expect(() => parseJson(z.object({}), '{', 'A thing')).toThrow(new UnexpectedShapeError('A thing is not JSON'));
  });
});

describe('an event of the bus', () => {
  test('is told apart by its detail type', () => {
    expect(readBusEvent(busMessage('InteractionsReceived', receivedDetail()))).toEqual({
      'detail-type': 'InteractionsReceived',
      detail: receivedDetail(),
    });
    expect(readBusEvent(busMessage('InteractionsRejected', rejectedDetail()))).toEqual({
      'detail-type': 'InteractionsRejected',
      detail: rejectedDetail(),
    });
  });

  test.each(['{', '{}', '{"detail-type":"Unknown","detail":{}}', '{"detail-type":"ProfileChanged","detail":{}}'])(
    'is refused when it is %s',
    (text) => {
      expect(() => readBusEvent(text)).toThrow(UnexpectedShapeError);
    },
  );

  test('of a later schema version is refused', () => {
    const text = busMessage('InteractionsReceived', receivedDetail()).replace('"schemaVersion":1', '"schemaVersion":2');
    expect(() => readBusEvent(text)).toThrow(/schemaVersion/);
  });
});

test('the environment is read by name, and what is missing is named', () => {
  vi.stubEnv('TEST_PRESENT', 'x');
  vi.stubEnv('TEST_EMPTY', '');
  expect(environment('TEST_PRESENT')).toEqual({ TEST_PRESENT: 'x' });
  expect(() => environment('TEST_PRESENT', 'TEST_EMPTY')).toThrow(ConfigurationError);
  expect(() => environment('TEST_ABSENT')).toThrow(/TEST_ABSENT/);
  vi.unstubAllEnvs();
});

test('every error says the name of its class, which workflows match on, itself', () => {
  const named = new Map<string, OwnError>(
    Object.entries(errors).flatMap(([exported, made]) => (isOwn(made) ? [[exported, made]] : [])),
  );
  expect(named.has('BusUnavailableError')).toBe(true);
  for (const [exported, Named] of named) {
    // As a bundler does, which keeps what is written in a class and not what it is called.
    Object.defineProperty(Named, 'name', { value: 's' });
    expect(new Named('x').name).toBe(exported);
  }
});

type OwnError = new (message: string) => LemniscateError;

/** Whether it is the class of an error that is thrown; bases are not. */
function isOwn(made: unknown): made is OwnError {
  return typeof made === 'function' && Object.hasOwn(Object(Reflect.construct(made, ['x'])), 'name');
}

test('a pause grows from attempt to attempt up to its ceiling, and is random below', async () => {
  vi.useFakeTimers();
  const random = vi.spyOn(Math, 'random').mockReturnValue(1);
  const timeouts = vi.spyOn(globalThis, 'setTimeout');
  const pause = fullJitter(20, 100);
  for (const attempt of [1, 2, 3, 4, 5]) void pause(attempt);
  random.mockReturnValue(0.5);
  void pause(2);
  expect(timeouts.mock.calls.map(([, ms]) => ms)).toEqual([20, 40, 80, 100, 100, 20]);
  vi.useRealTimers();
  vi.restoreAllMocks();
});
