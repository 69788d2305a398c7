import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  DescribeExecutionCommand,
  DescribeMapRunCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  ListMapRunsCommand,
  RedriveExecutionCommand,
  SFNClient,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterEach, expect, test } from 'vitest';
import { type LocalCloud, startLocalCloud } from '#local-cloud/cloud/local-cloud.ts';
import { synthesizeStateMachineApp } from '#support/toy-app/state-machine-app.ts';

const assemblyDirectory = synthesizeStateMachineApp();
const running: LocalCloud[] = [];
afterEach(async () => {
  for (const cloud of running.splice(0)) await cloud.stop();
});

async function startCloud(stateDirectory = mkdtempSync(join(tmpdir(), 'machines-'))) {
  const cloud = await startLocalCloud({ assemblyDirectory, stateDirectory });
  running.push(cloud);
  const settings = {
    region: cloud.region,
    endpoint: cloud.awsEndpoint,
    credentials: { accessKeyId: cloud.accessKeyId, secretAccessKey: cloud.secretAccessKey },
    maxAttempts: 1,
  };
  const sfn = new SFNClient(settings);
  const machine = (name: string) => String(cloud.outputs[`${name}Arn`]);
  return {
    cloud,
    sfn,
    s3: new S3Client({ ...settings, forcePathStyle: true }),
    machine,
    async start(name: string, input: object, executionName?: string): Promise<string> {
      const command = new StartExecutionCommand({
        stateMachineArn: machine(name),
        input: JSON.stringify(input),
        ...(executionName === undefined ? {} : { name: executionName }),
      });
      return String((await sfn.send(command)).executionArn);
    },
    describe: (executionArn: string) => sfn.send(new DescribeExecutionCommand({ executionArn })),
    async events(executionArn: string) {
      const { events = [] } = await sfn.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 }));
      return events.map(({ type }) => type);
    },
  };
}

async function putNumbers({ s3, cloud }: Awaited<ReturnType<typeof startCloud>>, numbers: readonly number[]) {
  const Body = numbers.map((number) => `${JSON.stringify({ number })}\n`).join('');
  await s3.send(new PutObjectCommand({ Bucket: String(cloud.outputs.BucketName), Key: 'numbers.jsonl', Body }));
}

test('runs a machine of the template; a wait ends when the clock is moved over its end', async () => {
  const world = await startCloud();
  const execution = await world.start('Twice', { number: 3 });
  await world.cloud.settle();
  expect(await world.describe(execution)).toMatchObject({ status: 'RUNNING' });
  await world.cloud.advance('P1D');
  await world.cloud.settle();
  expect(await world.describe(execution)).toMatchObject({ status: 'SUCCEEDED', output: '{"number":12}' });
});

test('a task is denied what the machine’s role does not grant', async () => {
  const world = await startCloud();
  const execution = await world.start('Denied', { number: 3 });
  await world.cloud.settle();
  expect(await world.describe(execution)).toMatchObject({
    status: 'FAILED',
    error: 'Lambda.AWSLambdaException',
    cause: expect.stringContaining('is not authorized to perform: lambda:InvokeFunction'),
  });
});

test('a name stands for one execution while it runs with the same input, and for no other', async () => {
  const world = await startCloud();
  const first = await world.start('Twice', { number: 1 }, 'one');
  expect(await world.start('Twice', { number: 1 }, 'one')).toBe(first);
  await expect(world.start('Twice', { number: 2 }, 'one')).rejects.toThrow(/Execution Already Exists/);
  await world.sfn.send(new StopExecutionCommand({ executionArn: first }));
  await expect(world.start('Twice', { number: 1 }, 'one')).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
  expect(await world.describe(first)).toMatchObject({ status: 'ABORTED', redriveStatus: 'REDRIVABLE' });
});

test('goes on where it stood when the cloud is started again', async () => {
  const before = await startCloud();
  const execution = await before.start('Twice', { number: 3 });
  await before.cloud.settle();
  await before.cloud.stop();
  const after = await startCloud(before.cloud.stateDirectory);
  await after.cloud.advance('P1D');
  await after.cloud.settle();
  expect(await after.describe(execution)).toMatchObject({ status: 'SUCCEEDED', output: '{"number":12}' });
  const events = await after.events(execution);
  expect(events.filter((type) => type === 'TaskStateEntered')).toHaveLength(2);
  expect(events.filter((type) => type === 'ExecutionStarted')).toHaveLength(1);
});

test('a distributed map goes through the lines of an object, and a redrive only through those that failed', async () => {
  const world = await startCloud();
  const numbers = Array.from({ length: 40 }, (_, index) => (index % 10 === 0 ? -1 : index));
  await putNumbers(world, numbers);
  const tolerant = await world.start('Each', { key: 'numbers.jsonl', tolerated: 10 });
  await world.cloud.settle();
  expect(await world.describe(tolerant)).toMatchObject({ status: 'SUCCEEDED' });

  const strict = await world.start('Each', { key: 'numbers.jsonl', tolerated: 5 });
  await world.cloud.settle();
  expect(await world.describe(strict)).toMatchObject({
    status: 'FAILED',
    error: 'States.ExceedToleratedFailureThreshold',
  });
  const { mapRuns = [] } = await world.sfn.send(new ListMapRunsCommand({ executionArn: strict }));
  const mapRunArn = String(mapRuns[0]?.mapRunArn);
  const before = await world.sfn.send(new DescribeMapRunCommand({ mapRunArn }));
  expect(before).toMatchObject({ status: 'FAILED', itemCounts: { total: 40 } });
  const succeededBefore = before.itemCounts?.succeeded ?? 0;
  expect(succeededBefore).toBeGreaterThan(0);

  world.cloud.meter.reset();
  await world.sfn.send(new RedriveExecutionCommand({ executionArn: strict }));
  await world.cloud.settle();
  const invoked = world.cloud.meter
    .read()
    .usage.find(({ service, unit }) => service === 'lambda' && unit === 'requests');
  // Those with -1 fail again, which is more than 5 %: some of the others may not be tried before that is known.
  expect(invoked?.amount).toBeLessThanOrEqual(40 - succeededBefore);
  const after = await world.sfn.send(new DescribeMapRunCommand({ mapRunArn }));
  expect(after).toMatchObject({ status: 'FAILED', redriveCount: 1 });
  expect(await world.events(strict)).toContain('MapRunRedriven');
  const children = await world.sfn.send(new ListExecutionsCommand({ mapRunArn, statusFilter: 'SUCCEEDED' }));
  expect(children.executions?.length).toBeGreaterThanOrEqual(succeededBefore);
});

test('transitions are metered, and executions shown with where they are', async () => {
  const { cloud, start } = await startCloud();
  const execution = await start('Twice', { number: 3 });
  await cloud.settle();
  await cloud.advance('P1D');
  await cloud.settle();
  expect(cloud.meter.read().usage.filter(({ unit }) => unit === 'state-transitions')).toMatchObject([{ amount: 3 }]);
  const shown = await fetch(`${cloud.url}/_local/executions?arn=${execution}`);
  expect(await shown.json()).toMatchObject({ status: 'SUCCEEDED', output: { number: 12 } });
  const all = await fetch(`${cloud.url}/_local/executions`);
  expect(await all.json()).toMatchObject([{ executionArn: execution }]);
  expect((await fetch(`${cloud.url}/_local/executions?arn=none`)).status).toBe(404);
});
