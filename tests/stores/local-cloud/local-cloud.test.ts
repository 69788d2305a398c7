import { mkdtempSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteItemCommand, DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import {
  DescribeReplayCommand,
  EventBridgeClient,
  PutEventsCommand,
  StartReplayCommand,
} from '@aws-sdk/client-eventbridge';
import {
  GetQueueAttributesCommand,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { CfnResource } from 'aws-cdk-lib';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type LocalCloud, startLocalCloud } from '#local-cloud/cloud/local-cloud.ts';
import { synthesizeToyApp } from '#support/toy-app/toy-app.ts';

const start = Date.parse('2030-01-01T00:00:00Z');
let assemblyDirectory: string;
let cloud: LocalCloud;

function clientsOf({ region, awsEndpoint: endpoint, accessKeyId, secretAccessKey }: LocalCloud) {
  const config = { region, endpoint, credentials: { accessKeyId, secretAccessKey }, maxAttempts: 1 };
  return { sqs: new SQSClient(config), events: new EventBridgeClient(config), dynamodb: new DynamoDBClient(config) };
}
const output = (name: string) => cloud.outputs[name] ?? '';

async function keysOf(of = cloud): Promise<string[]> {
  const { Items } = await clientsOf(of).dynamodb.send(new ScanCommand({ TableName: output('TableName') }));
  return (Items ?? []).map(({ pk }) => pk?.S ?? '').sort();
}

async function publish(detail: object, of = cloud, Source = 'toy'): Promise<void> {
  const entry = {
    EventBusName: output('BusName'),
    Source,
    DetailType: 'Received',
    Detail: JSON.stringify(detail),
  };
  await clientsOf(of).events.send(new PutEventsCommand({ Entries: [entry] }));
}

async function deadLetters(): Promise<string[]> {
  const input = { QueueUrl: output('DeadLettersUrl'), MaxNumberOfMessages: 10, VisibilityTimeout: 0 };
  const { Messages } = await clientsOf(cloud).sqs.send(new ReceiveMessageCommand(input));
  return (Messages ?? []).map(({ Body }) => Body ?? '');
}

async function visibleInInbox(): Promise<string | undefined> {
  const input = { QueueUrl: output('QueueUrl'), AttributeNames: ['All' as const] };
  const { Attributes } = await clientsOf(cloud).sqs.send(new GetQueueAttributesCommand(input));
  return Attributes?.ApproximateNumberOfMessages;
}

beforeAll(async () => {
  assemblyDirectory = synthesizeToyApp();
  cloud = await startLocalCloud({ assemblyDirectory, now: start });
});
afterAll(() => cloud.stop());
beforeEach(async () => {
  for (const name of ['QueueUrl', 'DeadLettersUrl']) {
    await clientsOf(cloud).sqs.send(new PurgeQueueCommand({ QueueUrl: output(name) }));
  }
});

test('hands a request to the function in payload format 2.0, at the time of the cloud', async () => {
  const response = await fetch(`${cloud.url}/things/a%20b?x=1&x=2&y=%20z`, { headers: { cookie: 'a=1; b=2' } });
  expect(response.status).toBe(202);
  const echo = await fetch(`${cloud.url}/echo?x=1&x=2&y=%20z`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: 'a=1; b=2', authorization: 'Ada' },
    body: '{"n":1}',
  });
  expect(await echo.json()).toMatchObject({
    now: expect.stringMatching(/^2030-01-01T00:/),
    event: {
      version: '2.0',
      routeKey: 'ANY /{path+}',
      rawPath: '/echo',
      rawQueryString: 'x=1&x=2&y=%20z',
      cookies: ['a=1', 'b=2'],
      queryStringParameters: { x: '1,2', y: ' z' },
      pathParameters: { path: 'echo' },
      requestContext: {
        authorizer: { lambda: { caller: 'Ada' } },
        http: { method: 'POST', path: '/echo' },
        time: expect.stringMatching(/^01\/Jan\/2030:00:\d\d:\d\d \+0000$/),
      },
      body: '{"n":1}',
      isBase64Encoded: false,
    },
  });
});

test.each([
  ['the authorizer says no', '/echo', { authorization: 'no' }, 403, 'Forbidden'],
  ['the function throws', '/crash', {}, 500, 'Internal Server Error'],
  ['the function ends its process', '/exit', {}, 500, 'Internal Server Error'],
  ['the function is over its timeout', '/sleep', {}, 500, 'Internal Server Error'],
])('answers for the function when %s', async (_, path, headers, status, message) => {
  const response = await fetch(`${cloud.url}${path}`, { headers });
  expect([response.status, await response.json()]).toEqual([status, { message }]);
});

test('answers 413 to a body of more than 10 MB', async () => {
  const status = await new Promise((resolve, reject) => {
    const upload = request(`${cloud.url}/echo`, { method: 'POST' }, (response) => resolve(response.statusCode));
    upload.on('error', reject);
    upload.end(Buffer.alloc(10 * 1024 * 1024 + 1));
  });
  expect(status).toBe(413);
});

test('answers a browser that asks whether it may call, and lets it read the answer', async () => {
  const headers = { origin: 'https://shop.example', 'access-control-request-method': 'POST' };
  const preflight = await fetch(`${cloud.url}/echo`, { method: 'OPTIONS', headers });
  expect([preflight.status, preflight.headers.get('access-control-allow-headers')]).toEqual([204, 'authorization']);
  const answered = await fetch(`${cloud.url}/echo`, { headers });
  expect(answered.headers.get('access-control-allow-origin')).toBe('*');
});

test('denies a function what its role does not grant, naming role and action', async () => {
  const denied = await (await fetch(`${cloud.url}/denied`)).json();
  expect(denied).toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringMatching(/receiveServiceRole.* is not authorized to perform: dynamodb:Scan on resource/),
  });
});

test('refuses an access key that it did not give out', async () => {
  const { sqs } = clientsOf({ ...cloud, accessKeyId: 'AKIASTRANGER' });
  const ask = sqs.send(new ReceiveMessageCommand({ QueueUrl: output('QueueUrl') }));
  await expect(ask).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
});

test('refuses an operation that it does not know by name', async () => {
  const response = await fetch(cloud.awsEndpoint, {
    method: 'POST',
    headers: {
      authorization: 'AWS4-HMAC-SHA256 Credential=LOCALROOT/20300101/eu-central-1/sqs/aws4_request',
      'x-amz-target': 'AmazonSQS.CreateQueue',
    },
    body: '{}',
  });
  expect(await response.json()).toMatchObject({
    __type: 'UnknownOperationException',
    message: expect.stringContaining('sqs:CreateQueue'),
  });
});

test('carries an event through bus, queue, function, table, stream and back when it settles', async () => {
  const response = await fetch(`${cloud.url}/publish`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ key: 'round' }),
  });
  expect(response.status).toBe(202);
  await cloud.settle();
  expect(await keysOf()).toEqual(expect.arrayContaining(['round', 'seen-round']));
  expect(await visibleInInbox()).toBe('0');
});

test('tries a message that was reported as failed again after its visibility timeout, then buries it', async () => {
  await publish({ key: 'beside' });
  await publish({ fail: true });
  await cloud.settle();
  expect(await keysOf()).toContain('beside');
  expect(await deadLetters()).toEqual([]);
  for (let received = 1; received <= 2; received++) {
    await cloud.advance('PT31S');
    await cloud.settle();
  }
  expect((await deadLetters()).map((body) => JSON.parse(body).detail)).toEqual([{ fail: true }]);
});

test('halves a stream batch until only the poisoned record is set aside', async () => {
  for (const kind of ['plain', 'poison', 'plain']) await publish({ key: `${kind}-${Math.random()}`, kind });
  await cloud.settle();
  const letters = (await deadLetters()).map((body) => JSON.parse(body));
  expect(letters).toMatchObject([
    { requestContext: { condition: 'RetryAttemptsExhausted' }, DDBStreamBatchInfo: { batchSize: 1 } },
  ]);
  expect((await keysOf()).filter((key) => key.startsWith('seen-plain'))).toHaveLength(2);
});

test('buries an event at once whose target does not let the bus in, and says why', async () => {
  await publish({ key: 'unwanted' }, cloud, 'broken');
  const input = { QueueUrl: output('DeadLettersUrl'), MessageAttributeNames: ['All'] };
  const { Messages } = await clientsOf(cloud).sqs.send(new ReceiveMessageCommand(input));
  expect(Messages).toMatchObject([
    {
      Body: expect.stringContaining('unwanted'),
      MessageAttributes: {
        ERROR_CODE: { StringValue: 'NO_PERMISSIONS' },
        ERROR_MESSAGE: { StringValue: expect.stringContaining('sqs:SendMessage') },
      },
    },
  ]);
});

test('moves dead letters back to their queue', async () => {
  const { sqs } = clientsOf(cloud);
  const body = JSON.stringify({ id: 'x', detail: { key: 'moved' } });
  await sqs.send(new SendMessageCommand({ QueueUrl: output('DeadLettersUrl'), MessageBody: body }));
  const arnOf = (url: string) => `arn:aws:sqs:${cloud.region}:123456789012:${url.split('/').at(-1)}`;
  await sqs.send(new StartMessageMoveTaskCommand({ SourceArn: arnOf(output('DeadLettersUrl')) }));
  await cloud.settle();
  expect(await keysOf()).toContain('moved');
});

test('replays what the archive kept of a window', async () => {
  const { events, dynamodb } = clientsOf(cloud);
  await publish({ key: 'too early', kind: 'echo' });
  await cloud.advance('PT1H');
  const from = new Date(cloud.now());
  await publish({ key: 'lost', kind: 'echo' });
  await cloud.settle();
  for (const key of ['too early', 'lost']) {
    await dynamodb.send(new DeleteItemCommand({ TableName: output('TableName'), Key: { pk: { S: key } } }));
  }
  await events.send(
    new StartReplayCommand({
      ReplayName: 'again',
      EventSourceArn: output('ArchiveArn'),
      EventStartTime: from,
      EventEndTime: new Date(cloud.now() + 1000),
      Destination: { Arn: output('BusArn') },
    }),
  );
  await cloud.settle();
  expect(await events.send(new DescribeReplayCommand({ ReplayName: 'again' }))).toMatchObject({ State: 'COMPLETED' });
  const keys = await keysOf();
  expect(keys).toContain('lost');
  expect(keys).not.toContain('too early');
});

test.each([
  ['too large together', Array.from({ length: 5 }, () => 'x'.repeat(60_000)), 'ValidationException'],
  ['too many', Array.from({ length: 11 }, () => 'x'), 'ValidationException'],
])('refuses entries that are %s', async (_, texts, name) => {
  const Entries = texts.map((text) => ({ Source: 'toy', DetailType: 'T', Detail: JSON.stringify({ text }) }));
  await expect(clientsOf(cloud).events.send(new PutEventsCommand({ Entries }))).rejects.toMatchObject({ name });
});

test('fails an entry with malformed detail alone', async () => {
  const entry = { EventBusName: output('BusName'), Source: 'other', DetailType: 'T' };
  const Entries = [
    { ...entry, Detail: '{"ok":1}' },
    { ...entry, Detail: 'no' },
  ];
  const answer = await clientsOf(cloud).events.send(new PutEventsCommand({ Entries }));
  expect(answer).toMatchObject({
    FailedEntryCount: 1,
    Entries: [{ EventId: expect.any(String) }, { ErrorCode: 'MalformedDetail' }],
  });
});

test('moves its clock over HTTP, for functions too', async () => {
  const move = (body: object) => fetch(`${cloud.url}/_local/clock`, { method: 'POST', body: JSON.stringify(body) });
  expect(await (await move({ now: '2031-05-05T00:00:00Z' })).json()).toMatchObject({
    now: expect.stringMatching(/^2031-05-05/),
  });
  await move({ advance: 'P1DT12H' });
  expect(await (await fetch(`${cloud.url}/echo`)).json()).toMatchObject({
    now: expect.stringMatching(/^2031-05-06T12/),
  });
  expect((await move({ advance: 'a day' })).status).toBe(400);
});

test('has after a restart on the same state what it had accepted before', async () => {
  const first = await startLocalCloud({ assemblyDirectory });
  await publish({ key: 'accepted' }, first);
  await first.stop();
  const second = await startLocalCloud({ assemblyDirectory, stateDirectory: first.stateDirectory });
  await second.settle();
  expect(await keysOf(second)).toEqual(['accepted', 'seen-accepted']);
  await second.stop();
});

test('does not start on a template with a resource type that it does not know', async () => {
  const strange = synthesizeToyApp((stack) => new CfnResource(stack, 'Strange', { type: 'AWS::Kinesis::Stream' }));
  await expect(startLocalCloud({ assemblyDirectory: strange })).rejects.toThrow('Strange: type AWS::Kinesis::Stream');
});

test('goes on with the clock of its state directory', async () => {
  const stateDirectory = mkdtempSync(join(tmpdir(), 'toy-state-'));
  const first = await startLocalCloud({ assemblyDirectory, stateDirectory, now: start });
  await first.advance('P10D');
  await first.stop();
  const second = await startLocalCloud({ assemblyDirectory, stateDirectory });
  expect(new Date(second.now()).toISOString()).toMatch(/^2030-01-11T00:0/);
  await second.stop();
});

test('answers 413 for a body that fits the API but not an invocation', async () => {
  const response = await fetch(`${cloud.url}/echo`, { method: 'POST', body: new Uint8Array(5 * 1024 * 1024) });
  expect(response.status).toBe(413);
});
