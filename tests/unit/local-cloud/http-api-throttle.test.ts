import { describe, expect, test } from 'vitest';
import { createThrottle } from '#local-cloud/services/api-gateway/throttle.ts';

const settings = (rate: number, burst: number) => ({ ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst });

/** How many of so many requests of a route at one moment are taken. */
const takenOf = (isTaken: (key: string) => boolean, key: string, count: number) =>
  Array.from({ length: count }, () => isTaken(key)).filter(Boolean).length;

describe('the throttle of an API', () => {
  test('keeps a route with settings of its own and all the others apart', () => {
    const isTaken = createThrottle(settings(10, 20), { 'POST /a': settings(6, 12) }, () => 0);
    expect(takenOf(isTaken, 'POST /a', 100)).toBe(12);
    expect(takenOf(isTaken, 'POST /b', 15)).toBe(15);
    expect(takenOf(isTaken, 'POST /c', 100)).toBe(5);
  });

  test('takes as many more as its rate gives by the time', () => {
    let nowMs = 0;
    const isTaken = createThrottle(settings(10, 20), {}, () => nowMs);
    expect(takenOf(isTaken, 'GET /a', 100)).toBe(20);
    nowMs = 700;
    expect(takenOf(isTaken, 'GET /a', 100)).toBe(7);
    nowMs = 60_000;
    expect(takenOf(isTaken, 'GET /a', 100)).toBe(20);
  });

  test('takes everything where no rate is set', () => {
    expect(
      takenOf(
        createThrottle(undefined, {}, () => 0),
        'GET /a',
        50,
      ),
    ).toBe(50);
  });
});
