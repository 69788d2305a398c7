import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { stepFunctions } from '#support/state-machines.ts';

const machine = (more: object = {}) => ({
  QueryLanguage: 'JSONata',
  StartAt: 'Each',
  States: {
    Each: {
      Type: 'Map',
      Items: '{% [1..8] %}',
      MaxConcurrency: 1,
      ...more,
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        StartAt: 'Do',
        States: {
          Do: {
            Type: 'Task',
            Resource: 'arn:aws:states:::lambda:invoke',
            Arguments: { FunctionName: 'do', Payload: '{% $states.input %}' },
            Output: '{% $states.result.Payload %}',
            End: true,
          },
        },
      },
      End: true,
    },
  },
});

/** A cloud whose function waits until it is told to go on, and fails for these items. */
function held(failing: readonly number[] = []) {
  const waiting: { readonly item: unknown; readonly goOn: () => void }[] = [];
  const cloud = stepFunctions(async ({ input }) => {
    const item: unknown = JSON.parse(String(input.Payload));
    await new Promise<void>((goOn) => waiting.push({ item, goOn }));
    const failure = { errorType: 'NotNowError' };
    return failing.includes(Number(item))
      ? { StatusCode: 200, FunctionError: 'Unhandled', Payload: Buffer.from(JSON.stringify(failure)) }
      : { StatusCode: 200, Payload: Buffer.from(JSON.stringify(item)) };
  });
  return { cloud, waiting };
}

async function turns(count = 40): Promise<void> {
  for (let each = 0; each < count; each++) await turn();
}

async function release(waiting: { readonly goOn: () => void }[]): Promise<void> {
  for (await turns(); waiting.length > 0; await turns()) for (const { goOn } of waiting.splice(0)) goOn();
}

const listed = z.object({ mapRuns: z.array(z.object({ mapRunArn: z.string() })) });

async function mapRunOf({ call }: ReturnType<typeof stepFunctions>, executionArn: string): Promise<string> {
  const { mapRuns } = listed.parse(await call('ListMapRuns', { executionArn }));
  return mapRuns[0]?.mapRunArn ?? '';
}

test('runs as many at a time as it may, and more when it is allowed more', async () => {
  const { cloud, waiting } = held();
  const execution = await cloud.start(await cloud.machine(machine({ MaxConcurrency: 2 })));
  await turns();
  expect(waiting.map(({ item }) => item)).toEqual([1, 2]);
  await cloud.call('UpdateMapRun', { mapRunArn: await mapRunOf(cloud, execution), maxConcurrency: 5 });
  await turns();
  expect(waiting.map(({ item }) => item)).toEqual([1, 2, 3, 4, 5]);
  await release(waiting);
  expect(await cloud.ended(execution)).toMatchObject({ status: 'SUCCEEDED', output: '[1,2,3,4,5,6,7,8]' });
});

test.each([
  [{}, [3], 'FAILED'],
  [{ ToleratedFailureCount: 1 }, [3], 'SUCCEEDED'],
  [{ ToleratedFailureCount: 1 }, [3, 4], 'FAILED'],
  [{ ToleratedFailurePercentage: 25 }, [3, 4], 'SUCCEEDED'],
  [{ ToleratedFailurePercentage: 24.9 }, [3, 4], 'FAILED'],
  [{ ToleratedFailurePercentage: 100, ToleratedFailureCount: 1 }, [3, 4], 'FAILED'],
])('with %j of eight items %j fail: %s', async (tolerance, failing, status) => {
  const { cloud, waiting } = held(failing);
  const execution = await cloud.start(await cloud.machine(machine(tolerance)));
  await release(waiting);
  expect(await cloud.ended(execution)).toMatchObject({ status });
});

test('stopping the execution aborts its children, and those that are not begun stay so', async () => {
  const { cloud, waiting } = held();
  const execution = await cloud.start(await cloud.machine(machine({ MaxConcurrency: 2 })));
  await turns();
  await cloud.call('StopExecution', { executionArn: execution });
  await release(waiting);
  expect(await cloud.call('DescribeMapRun', { mapRunArn: await mapRunOf(cloud, execution) })).toMatchObject({
    status: 'ABORTED',
    executionCounts: { aborted: 2, pending: 6, running: 0, total: 8 },
  });
});
