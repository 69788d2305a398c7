import { expect, test } from 'vitest';
import { differences } from '#support/asl-recordings/differences.ts';
import { stepFunctions, type ToldEvent } from '#support/state-machines.ts';
import { addOne, workedMachine, workedTasks } from '#support/worked-machine.ts';

const calls = Object.values(workedTasks).reduce((sum, count) => sum + count, 0);

async function undisturbed() {
  const cloud = stepFunctions(addOne(() => undefined));
  const execution = await cloud.start(await cloud.machine(workedMachine), 1);
  return { ended: await cloud.ended(execution), events: await cloud.history(execution) };
}

/** Runs the machine on clouds of which the first ends when the call of this number is made, or after that. */
async function disturbed(crashAt: number, when: 'before' | 'after') {
  const done: string[] = [];
  let made = 0;
  const first = stepFunctions(async (call) => {
    made++;
    const isLast = made >= crashAt;
    if (isLast && when === 'before') await first.service.stop?.();
    const answer = await addOne((state) => void done.push(state))(call);
    if (isLast && when === 'after') await first.service.stop?.();
    return answer;
  });
  const execution = await first.start(await first.machine(workedMachine), 1, 'run');
  while (made < crashAt) {
    for (let turns = 0; turns < 20; turns++) await new Promise(setImmediate);
    if (made < crashAt) await first.moveTo(first.context.clock.nowMs + 1000);
  }
  const second = stepFunctions(
    addOne((state) => void done.push(state)),
    first.context.stateDirectory,
  );
  await second.moveTo(first.context.clock.nowMs);
  await second.machine(workedMachine);
  await second.service.start?.();
  return { ended: await second.ended(execution), events: await second.history(execution), done };
}

test.each(
  Array.from({ length: calls }, (_, index) => index + 1).flatMap((at) => [
    [at, 'before'] as const,
    [at, 'after'] as const,
  ]),
)('a cloud that ends with call %i, %s it is done, goes on as if it had not', async (at, when) => {
  const expected = await undisturbed();
  const found = await disturbed(at, when);
  expect(found.ended).toMatchObject({ status: 'SUCCEEDED', output: expected.ended.output });
  expect(differences(anyIds(expected.events), found.events)).toEqual([]);
  // What was in flight is done again, nothing else: two at most run at a time.
  for (const [state, times] of Object.entries(workedTasks)) {
    const count = found.done.filter((each) => each === state).length;
    expect(count).toBeGreaterThanOrEqual(times);
    expect(count).toBeLessThanOrEqual(times + 2);
  }
  expect(found.done.length).toBeLessThanOrEqual(calls + 2);
});

/** A map run has another id each time. */
function anyIds(events: readonly ToldEvent[]): readonly ToldEvent[] {
  return events.map((event) => JSON.parse(JSON.stringify(event).replace(/(mapRun:[^"]*:)[0-9a-f-]{36}/, '$1<uuid:0>')));
}
