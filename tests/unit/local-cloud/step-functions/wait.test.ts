import { expect, test } from 'vitest';
import { stepFunctions } from '#support/state-machines.ts';

const machine = {
  QueryLanguage: 'JSONata',
  StartAt: 'Until',
  States: { Until: { Type: 'Wait', Timestamp: '{% $states.input %}', End: true } },
};

async function waited(timestamp: string) {
  const cloud = stepFunctions(() => Promise.reject(new Error('nothing is called')));
  const from = cloud.context.clock.nowMs;
  const { status, error } = await cloud.ended(await cloud.start(await cloud.machine(machine), timestamp));
  return { status, error, seconds: (cloud.context.clock.nowMs - from) / 1000 };
}

test.each([
  ['2026-01-01T00:00:07Z', 7],
  ['2026-01-01t00:00:07.123456789z', 8],
  ['2026-01-01T02:00:05+02:00', 5],
  ['2025-12-31T23:00Z', 0],
])('waits until %s', async (timestamp, seconds) => {
  expect(await waited(timestamp)).toMatchObject({ status: 'SUCCEEDED', seconds });
});

test.each(['2026-01-01 00:00:07Z', '2026-01-01T00:00:07', '2026-02-30T00:00:00Z', '2026-01-01T25:00:00Z', 'tomorrow'])(
  '%s is no time',
  async (timestamp) => {
    expect(await waited(timestamp)).toMatchObject({ status: 'FAILED', error: 'States.QueryEvaluationError' });
  },
);
