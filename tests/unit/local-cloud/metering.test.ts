import { beforeEach, describe, expect, test } from 'vitest';
import { type Call, ServiceError } from '#local-cloud/cloud/service.ts';
import { accessLogBytes } from '#local-cloud/metering/access-log.ts';
import { noteItemRead, noteItemWrite } from '#local-cloud/metering/call-notes.ts';
import { createLogReader, logEventBytes } from '#local-cloud/metering/function-log.ts';
import { createMeter, type Meter } from '#local-cloud/metering/meter.ts';
import { dynamoDbBilling } from '#local-cloud/services/dynamodb/billing.ts';
import { expectedTraces } from '#scripts/bill/price-usage.ts';

let meter: Meter;
beforeEach(() => {
  meter = createMeter(() => dynamoDbBilling);
});

const put: Call = { principal: { kind: 'root' }, service: 'dynamodb', operation: 'PutItem', input: {} };
const counted = () =>
  meter.read().usage.map(({ operation, caller, unit, calls, amount }) => [operation, caller, unit, calls, amount]);

describe('the meter', () => {
  test('counts by operation and caller, and names a role by its function', async () => {
    meter.nameRole('arn:aws:iam::1:role/r-1', 'update-profile');
    const inRole = (roleArn: string): Call => ({ ...put, principal: { kind: 'role', roleArn } });
    for (const call of [put, put, inRole('arn:aws:iam::1:role/r-1'), inRole('arn:aws:iam::1:role/r-2')])
      await meter.measure(call, async () => noteItemWrite('t', 'k', 0, 2000));
    expect(counted()).toEqual([
      ['PutItem', 'outside', 'write-request-units', 2, 4],
      ['PutItem', 'r-2', 'write-request-units', 1, 2],
      ['PutItem', 'update-profile', 'write-request-units', 1, 2],
    ]);
  });

  test('keeps what simultaneous and inner calls note apart', async () => {
    const write = (bytes: number) => meter.measure(put, async () => noteItemWrite('t', `k${bytes}`, 0, bytes));
    const outer = meter.measure(put, async () => {
      noteItemWrite('t', 'outer', 0, 10);
      await write(3000);
      noteItemWrite('t', 'outer too', 0, 10);
    });
    await Promise.all([outer, write(5000)]);
    expect(counted()).toEqual([['PutItem', 'outside', 'write-request-units', 3, 2 + 3 + 5]]);
  });

  test('passes a failure on, and counts it when AWS bills it', async () => {
    const failing = (code: string) =>
      meter.measure(put, async () => {
        noteItemRead('t', 'k', 1500);
        throw new ServiceError(code, 'no');
      });
    await expect(failing('ValidationException')).rejects.toThrow('no');
    await expect(failing('ConditionalCheckFailedException')).rejects.toThrow('no');
    expect(counted()).toEqual([['PutItem', 'outside', 'write-request-units', 1, 2]]);
  });

  test('counts a request to the API in steps of 512 KB, by the larger of question and answer', () => {
    const request = {
      route: 'POST /v1/batch',
      isAuthorized: false,
      status: 200,
      requestBytes: 512 * 1024 + 1,
      responseBytes: 10,
    };
    meter.answered(request, undefined);
    expect(counted()).toEqual([['POST /v1/batch', 'outside', 'requests', 1, 2]]);
  });

  test('is at nothing after a reset', async () => {
    await meter.measure(put, async () => noteItemWrite('t', 'k', 0, 1));
    meter.reset();
    expect(meter.read()).toEqual({ usage: [], customMetrics: [] });
  });
});

describe('logs', () => {
  test('are read line by line, whatever the pieces they come in', () => {
    const events: [number, readonly string[]][] = [];
    const read = createLogReader((bytes, metrics) => events.push([bytes, metrics]));
    const metric = JSON.stringify({
      _aws: { CloudWatchMetrics: [{ Namespace: 'N', Dimensions: [['service']], Metrics: [{ Name: 'Sent' }] }] },
      service: 'collect',
      Sent: 1,
    });
    read(Buffer.from(`{"a":1}\n\n${metric.slice(0, 20)}`));
    read(Buffer.from(`${metric.slice(20)}\n{"half`));
    expect(events).toEqual([
      [7 + logEventBytes, []],
      [metric.length + logEventBytes, ['N/Sent{service=collect}']],
    ]);
  });

  test('count the JSON that Lambda wraps plain text in', () => {
    const sizes: number[] = [];
    createLogReader((bytes) => sizes.push(bytes))(Buffer.from('oops\n'));
    const wrapped = `{"timestamp":"2026-01-01T00:00:00.000Z","level":"WARN","requestId":"${crypto.randomUUID()}","message":"oops"}`;
    expect(sizes).toEqual([wrapped.length + logEventBytes]);
  });

  test('of access have the length of the stage’s format with its values', () => {
    const format =
      '{"route":"$context.routeKey","status":"$context.status","key":"$context.authorizer.credentialId","error":"$context.authorizer.error"}';
    const line = (key: string) => `{"route":"GET /a","status":"200","key":"${key}","error":"-"}`;
    const bytes = (isAuthorized: boolean) =>
      accessLogBytes(format, { route: 'GET /a', isAuthorized, status: 200, responseBytes: 5 });
    expect(bytes(true)).toBe(line(crypto.randomUUID()).length + logEventBytes);
    expect(bytes(false)).toBe(line('-').length + logEventBytes);
  });
});

test.each([
  ['all of a slow stream', 100, 200, 100],
  ['the first of each second and a twentieth of the rest', 1000, 100, 145],
])('traces %s', (_, invocations, seconds, traces) => {
  expect(expectedTraces(invocations, seconds)).toBe(traces);
});
