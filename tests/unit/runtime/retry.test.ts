import { describe, expect, test } from 'vitest';
import { untilSettled } from '#runtime/retry.ts';

/** Meets so many conflicts before it settles; says what was called in which order. */
async function settle(conflicts: number, attempts: number) {
  const calls: string[] = [];
  const settled = await untilSettled(
    attempts,
    async (attempt) => void calls.push(`pause ${attempt}`),
    async (attempt) => {
      calls.push(`attempt ${attempt}`);
      return attempt > conflicts ? attempt : 'conflict';
    },
  );
  return { settled, calls };
}

describe('untilSettled', () => {
  test('answers the first attempt that meets no conflict, and pauses before each further one', async () => {
    expect(await settle(0, 3)).toEqual({ settled: 1, calls: ['attempt 1'] });
    expect(await settle(2, 3)).toEqual({
      settled: 3,
      calls: ['attempt 1', 'pause 1', 'attempt 2', 'pause 2', 'attempt 3'],
    });
  });

  test('gives up after the last attempt, without a pause that nothing follows', async () => {
    expect(await settle(9, 2)).toEqual({ settled: 'conflict', calls: ['attempt 1', 'pause 1', 'attempt 2'] });
  });

  test('tries nothing again that throws', async () => {
    let tries = 0;
    const attempt = async () => {
      tries++;
      throw new Error('No conflict');
    };
    await expect(untilSettled(3, async () => {}, attempt)).rejects.toThrow('No conflict');
    expect(tries).toBe(1);
  });
});
