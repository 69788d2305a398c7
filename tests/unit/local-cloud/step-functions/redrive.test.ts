import fc from 'fast-check';
import { expect, test } from 'vitest';
import { stepFunctions } from '#support/state-machines.ts';
import { addOne, workedMachine, workedTasks } from '#support/worked-machine.ts';

const names = Object.keys(workedTasks);

/** Runs the machine, in which the calls of these numbers fail, and redrives it until it succeeds. */
async function redriven(failing: ReadonlySet<number>) {
  const succeeded: string[] = [];
  let calls = 0;
  const cloud = stepFunctions(
    addOne((state) => {
      if (failing.has(calls++)) return { errorType: 'NotNowError', errorMessage: state };
      succeeded.push(state);
      return undefined;
    }),
  );
  const execution = await cloud.start(await cloud.machine(workedMachine), 1);
  let ended = await cloud.ended(execution);
  let redrives = 0;
  while (ended.status === 'FAILED') {
    redrives++;
    await cloud.call('RedriveExecution', { executionArn: execution });
    ended = await cloud.ended(execution);
  }
  return { ended, redrives, succeeded, events: await cloud.history(execution) };
}

test('what succeeded is kept, what failed is done again, and the result is that of an execution without failures', async () => {
  const { ended } = await redriven(new Set());
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.nat(20), { maxLength: 6 }), async (failing) => {
      const found = await redriven(new Set(failing));
      expect(found.ended).toMatchObject({ status: 'SUCCEEDED', output: ended.output });
      for (const name of names) {
        const times = found.succeeded.filter((each) => each === name).length;
        // A task that was in flight when its neighbour failed is aborted, and done again.
        expect(times).toBeGreaterThanOrEqual(workedTasks[name] ?? 0);
        if (!['Left', 'Right', 'Righter', 'Far'].includes(name)) expect(times).toBe(workedTasks[name]);
      }
      const told = found.events.filter(({ type }) => type === 'ExecutionRedriven');
      expect(told).toHaveLength(found.redrives);
      expect(found.events.map(({ id }) => id)).toEqual(found.events.map((_, index) => index + 1));
    }),
    { numRuns: 30 },
  );
});

test('is refused for an execution that succeeded, runs, or ended more than 14 days ago', async () => {
  const cloud = stepFunctions(addOne((state) => (state === 'Last' ? { errorType: 'NotNowError' } : undefined)));
  const machine = await cloud.machine(workedMachine);
  const execution = await cloud.start(machine, 1);
  const redrive = () => cloud.call('RedriveExecution', { executionArn: execution });
  await expect(redrive()).rejects.toMatchObject({ code: 'ExecutionNotRedrivable' });
  expect(await cloud.ended(execution)).toMatchObject({ status: 'FAILED', redriveStatus: 'REDRIVABLE' });
  await cloud.moveTo(cloud.context.clock.nowMs + 15 * 86_400_000);
  await expect(redrive()).rejects.toThrow(/redrivable period exceeded/);
});

test('the same token again is the same redrive', async () => {
  let isDown = true;
  const cloud = stepFunctions(
    addOne((state) => (state === 'Last' && isDown ? { errorType: 'NotNowError' } : undefined)),
  );
  const execution = await cloud.start(await cloud.machine(workedMachine), 1);
  await cloud.ended(execution);
  isDown = false;
  const asked = { executionArn: execution, clientToken: 'once' };
  const first = await cloud.call('RedriveExecution', asked);
  expect(await cloud.call('RedriveExecution', asked)).toEqual(first);
  expect(await cloud.ended(execution)).toMatchObject({ status: 'SUCCEEDED', redriveCount: 1 });
});
