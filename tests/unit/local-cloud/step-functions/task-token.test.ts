import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { stepFunctions } from '#support/state-machines.ts';

const machine = (limits: object = {}) => ({
  QueryLanguage: 'JSONata',
  StartAt: 'Ask',
  States: {
    Ask: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Arguments: { FunctionName: 'ask', Payload: { token: '{% $states.context.Task.Token %}' } },
      ...limits,
      Output: '{% $states.result.answer %}',
      End: true,
    },
  },
});

/** A machine that waits for its token, and the tokens that it has given away. */
async function waiting(limits?: object, stateDirectory?: string) {
  const tokens: string[] = [];
  const cloud = stepFunctions(async ({ input }) => {
    tokens.push(JSON.parse(String(input.Payload)).token);
    return { StatusCode: 200, Payload: Buffer.from('null') };
  }, stateDirectory);
  const machineArn = await cloud.machine(machine(limits));
  return { cloud, tokens, machineArn };
}

async function given(tokens: readonly string[]): Promise<string> {
  while (tokens[0] === undefined) await turn();
  for (let turns = 0; turns < 20; turns++) await turn();
  return tokens[0];
}

test('a task ends with what its token is given back with', async () => {
  const { cloud, tokens, machineArn } = await waiting();
  const execution = await cloud.start(machineArn);
  await cloud.call('SendTaskSuccess', { taskToken: await given(tokens), output: '{"answer":42}' });
  expect(await cloud.ended(execution)).toMatchObject({ status: 'SUCCEEDED', output: '42' });
  const types = (await cloud.history(execution)).map(({ type }) => type);
  expect(types.slice(2, 6)).toEqual(['TaskScheduled', 'TaskStarted', 'TaskSubmitted', 'TaskSucceeded']);
});

test('or fails with the error that is sent', async () => {
  const { cloud, tokens, machineArn } = await waiting();
  const execution = await cloud.start(machineArn);
  await cloud.call('SendTaskFailure', { taskToken: await given(tokens), error: 'NoAnswerError', cause: 'away' });
  expect(await cloud.ended(execution)).toMatchObject({ status: 'FAILED', error: 'NoAnswerError', cause: 'away' });
});

test('a token is asked for once, also over a restart, and is good for one answer', async () => {
  const before = await waiting();
  const execution = await before.cloud.start(before.machineArn);
  const taskToken = await given(before.tokens);
  await before.cloud.service.stop?.();
  const after = await waiting({}, before.cloud.context.stateDirectory);
  await after.cloud.service.start?.();
  for (let turns = 0; turns < 20; turns++) await turn();
  await after.cloud.call('SendTaskSuccess', { taskToken, output: '{"answer":1}' });
  expect(await after.cloud.ended(execution)).toMatchObject({ status: 'SUCCEEDED', output: '1' });
  expect(after.tokens).toEqual([]);
  await expect(after.cloud.call('SendTaskSuccess', { taskToken, output: '1' })).rejects.toMatchObject({
    code: 'TaskTimedOut',
  });
});

test('a heartbeat keeps it alive; without one it times out', async () => {
  const { cloud, tokens, machineArn } = await waiting({ HeartbeatSeconds: 10 });
  const execution = await cloud.start(machineArn);
  const taskToken = await given(tokens);
  const { clock } = cloud.context;
  for (const _ of [1, 2, 3]) {
    await cloud.moveTo(clock.nowMs + 8000);
    await cloud.call('SendTaskHeartbeat', { taskToken });
  }
  for (let turns = 0; turns < 20; turns++) await turn();
  expect(await cloud.describe(execution)).toMatchObject({ status: 'RUNNING' });
  expect(await cloud.ended(execution)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
});
