import { describe, expect, test, vi } from 'vitest';
import { FaultPlanError, type FaultPlanInput } from '#local-cloud/faults/fault-plan.ts';
import type { FaultableCall, Run } from '#local-cloud/faults/faultable-call.ts';
import { createFaults } from '#local-cloud/faults/faults.ts';
import { ConnectionLost } from '#local-cloud/faults/injected-fault.ts';
import { traceOf } from '#local-cloud/faults/invocations.ts';

type Rule = FaultPlanInput['rules'][number];

const knows = (service: string) => service !== 'nothing';
const call = (over: Partial<FaultableCall> = {}): FaultableCall => ({
  service: 'dynamodb',
  operation: 'GetItem',
  input: {},
  functionName: 'update-profile',
  invocation: undefined,
  number: undefined,
  ...over,
});
const faultsWith = (rules: readonly Rule[], seed = 1) => {
  const faults = createFaults(knows);
  faults.set({ seed, rules });
  return faults;
};
const answers = (answer: unknown = 'ran') => vi.fn<Run>(async () => answer);

/** Which of many calls a plan hits. */
async function hits(rules: readonly Rule[], calls: readonly FaultableCall[], seed = 1): Promise<number[]> {
  const faults = faultsWith(rules, seed);
  const outcomes = await Promise.allSettled(calls.map((one) => faults.around(one, answers())));
  return outcomes.flatMap(({ status }, index) => (status === 'rejected' ? [index] : []));
}

describe('a plan', () => {
  test.each<[string, unknown, RegExp]>([
    ['without a seed', { rules: [] }, /seed/],
    ['with an unknown effect', { seed: 1, rules: [{ service: 's3', effect: 'rain' }] }, /rules\[0\]\.effect/],
    ['with a misspelt field', { seed: 1, rules: [{ service: 's3', effect: 'error', probabilty: 1 }] }, /probabilty/],
    ['with a service that is not there', { seed: 1, rules: [{ service: 'nothing', effect: 'error' }] }, /nothing:\*/],
    [
      'that sends a client’s request twice',
      { seed: 1, rules: [{ service: 'apigateway', effect: 'duplicate' }] },
      /no effect duplicate/,
    ],
  ])('%s is refused', (_, plan, message) => {
    const faults = createFaults(knows);
    expect(() => faults.set(plan)).toThrow(FaultPlanError);
    expect(() => faults.set(plan)).toThrow(message);
  });

  test('hits only the service, operation and function that it names', async () => {
    const rule: Rule = { service: 'dynamodb', operation: 'GetItem', function: 'update-profile', effect: 'error' };
    const others = [{ service: 's3' }, { operation: 'PutItem' }, { functionName: 'read-customer' }];
    expect(await hits([rule], [call(), ...others.map(call)])).toEqual([0]);
  });

  test('begins after the calls to skip and ends after its count', async () => {
    const calls = Array.from({ length: 6 }, () => call());
    expect(await hits([{ service: '*', effect: 'error', skip: 2, count: 3 }], calls)).toEqual([2, 3, 4]);
  });

  test('hits a call by its number in the invocation', async () => {
    const calls = [1, 2, 3].map((number) => call({ number }));
    expect(await hits([{ service: '*', effect: 'error', call: 2 }], calls)).toEqual([1]);
  });

  test('hits the same calls for the same seed, others for another, about as many as it says', async () => {
    const calls = Array.from({ length: 2000 }, () => call());
    const rule: Rule = { service: '*', effect: 'error', probability: 0.05 };
    const first = await hits([rule], calls, 7);
    expect(await hits([rule], calls, 7)).toEqual(first);
    expect(await hits([rule], calls, 8)).not.toEqual(first);
    expect(first.length).toBeGreaterThan(70);
    expect(first.length).toBeLessThan(130);
  });

  test('draws for a rule alike whatever other rules and calls there are', async () => {
    const rule: Rule = { service: 'dynamodb', effect: 'error', probability: 0.3 };
    const calls = Array.from({ length: 40 }, () => call());
    const among = calls.flatMap((one) => [one, call({ service: 's3' })]);
    const expected = (await hits([rule], calls)).map((index) => index * 2);
    expect(await hits([rule, { service: 's3', effect: 'delay', seconds: 0 }], among)).toEqual(expected);
  });

  test('tells what it injected until it is cleared', async () => {
    const faults = faultsWith([{ service: '*', effect: 'error', count: 1, skip: 1 }]);
    for (let number = 0; number < 3; number++) await faults.around(call(), answers()).catch(() => undefined);
    const common = { service: 'dynamodb', operation: 'GetItem', function: 'update-profile' };
    expect(faults.report().injected).toEqual([{ rule: 0, match: 2, ...common, effect: 'error' }]);
    faults.clear();
    expect(faults.report()).toEqual({ plan: null, injected: [] });
  });
});

describe('an effect', () => {
  test.each([
    ['dynamodb', 'ThrottlingException', 400],
    ['firehose', 'ServiceUnavailableException', 503],
    ['lambda', 'TooManyRequestsException', 429],
    ['s3', 'SlowDown', 503],
    ['sqs', 'RequestThrottled', 400],
  ])('throttles as %s does', async (service, code, status) => {
    const run = answers();
    await expect(faultsWith([{ service, effect: 'throttle' }]).around(call({ service }), run)).rejects.toMatchObject({
      code,
      status,
    });
    expect(run).not.toHaveBeenCalled();
  });

  test.each<[Rule['effect'], number]>([
    ['time-out-before', 0],
    ['time-out-after', 1],
  ])('%s ends the connection with the call run %i times', async (effect, times) => {
    const run = answers();
    await expect(faultsWith([{ service: '*', effect }]).around(call(), run)).rejects.toThrow(ConnectionLost);
    expect(run).toHaveBeenCalledTimes(times);
  });

  test('runs a duplicated call twice and answers once', async () => {
    const run = answers('first');
    expect(await faultsWith([{ service: '*', effect: 'duplicate' }]).around(call(), run)).toBe('first');
    expect(run).toHaveBeenCalledTimes(2);
  });

  test('makes a message that is received twice visible again at once', async () => {
    const run = answers();
    const receive = call({ service: 'sqs', operation: 'ReceiveMessage', input: { QueueUrl: 'q' } });
    await faultsWith([{ service: 'sqs', effect: 'duplicate' }]).around(receive, run);
    expect(run.mock.calls).toEqual([[{ QueueUrl: 'q', VisibilityTimeout: 0 }]]);
  });

  test('hides a delayed message', async () => {
    const run = answers();
    const send = call({ service: 'sqs', operation: 'SendMessage', input: { MessageBody: 'm' } });
    await faultsWith([{ service: 'sqs', effect: 'delay', seconds: 90 }]).around(send, run);
    expect(run.mock.calls).toEqual([[{ MessageBody: 'm', DelaySeconds: 90 }]]);
  });

  test('gives a queue an order that is a permutation', async () => {
    const run = vi.fn<Run>(async (_, shuffle) => shuffle?.(['a', 'b', 'c', 'd', 'e']));
    const receive = call({ service: 'sqs', operation: 'ReceiveMessage' });
    const order = await faultsWith([{ service: 'sqs', effect: 'reorder' }]).around(receive, run);
    expect(order).not.toEqual(['a', 'b', 'c', 'd', 'e']);
    expect([...(order as string[])].sort()).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  test('crashes the function that calls, before or after the call', async () => {
    for (const [effect, times] of [['crash-before', 0] as const, ['crash-after', 1] as const]) {
      const [run, crash] = [answers(), vi.fn()];
      const invocation = { functionName: 'update-profile', calls: 1, crash };
      const outcome = faultsWith([{ service: '*', effect }]).around(call({ invocation }), run);
      await expect(outcome).rejects.toThrow(ConnectionLost);
      expect([crash.mock.calls.length, run.mock.calls.length]).toEqual([1, times]);
    }
  });

  test('lets calls pass that no function makes when functions crash', async () => {
    expect(await hits([{ service: '*', effect: 'crash-before' }], [call()])).toEqual([]);
  });

  test('answers an invocation that crashes as Lambda does', async () => {
    const invoke = call({ service: 'lambda', operation: 'Invoke' });
    const output = await faultsWith([{ service: 'lambda', effect: 'crash-after' }]).around(invoke, answers());
    expect(output).toMatchObject({ StatusCode: 200, FunctionError: 'Unhandled' });
  });
});

describe('a partial failure', () => {
  const partial = (operation: string, input: FaultableCall['input'], run: Run, seed = 1) =>
    faultsWith([{ service: '*', effect: 'partial' }], seed).around(call({ operation, input }), run);

  test('of PutEvents puts some entries and answers for each in its place', async () => {
    const Entries = Array.from({ length: 8 }, (_, id) => ({ Detail: String(id) }));
    const run = vi.fn<Run>(async (input) => ({
      Entries: (input.Entries as typeof Entries).map(({ Detail }) => ({ EventId: Detail })),
    }));
    const answer = (await partial('PutEvents', { Entries }, run)) as {
      FailedEntryCount: number;
      Entries: { EventId?: string; ErrorCode?: string }[];
    };
    const put = run.mock.calls.flatMap(([input]) => (input.Entries as typeof Entries).map(({ Detail }) => Detail));
    expect(answer.FailedEntryCount).toBeGreaterThan(0);
    expect(put).toHaveLength(8 - answer.FailedEntryCount);
    for (const [index, entry] of answer.Entries.entries()) {
      expect(entry.EventId ?? entry.ErrorCode).toBe(
        put.includes(String(index)) ? String(index) : 'ThrottlingException',
      );
    }
  });

  test('of BatchGetItem leaves keys unprocessed that it did not read', async () => {
    const Keys = Array.from({ length: 8 }, (_, id) => ({ pk: { S: String(id) } }));
    const run = vi.fn<Run>(async () => ({ Responses: { t: [] } }));
    const input = { RequestItems: { t: { Keys, ConsistentRead: true } } };
    const answer = (await partial('BatchGetItem', input, run)) as { UnprocessedKeys: typeof input.RequestItems };
    const asked = run.mock.calls.flatMap(([sent]) => (sent as typeof input).RequestItems.t.Keys);
    expect(answer.UnprocessedKeys.t.ConsistentRead).toBe(true);
    expect([...asked, ...answer.UnprocessedKeys.t.Keys].map(({ pk }) => pk.S).sort()).toEqual([...'01234567']);
  });

  test('of DeleteMessageBatch names what stayed', async () => {
    const Entries = [...'abcdefgh'].map((Id) => ({ Id, ReceiptHandle: Id }));
    const run = vi.fn<Run>(async (input) => ({ Successful: input.Entries }));
    const answer = (await partial('DeleteMessageBatch', { Entries }, run)) as {
      Successful: { Id: string }[];
      Failed: { Id: string }[];
    };
    expect(answer.Failed.length).toBeGreaterThan(0);
    expect([...answer.Successful, ...answer.Failed].map(({ Id }) => Id).sort()).toEqual([...'abcdefgh']);
  });

  test('is none for an operation without parts', async () => {
    const run = answers();
    expect(await partial('GetItem', {}, run)).toBe('ran');
  });
});

test('finds the invocation that a trace header names, until it ends', () => {
  const { invocations } = createFaults(knows);
  const id = '0190b7e8-1111-4222-8333-444455556666';
  const end = invocations.begin(id, 'update-profile', () => {});
  expect(invocations.byTrace(`${traceOf(id)};Lineage=1:0`)?.functionName).toBe('update-profile');
  end();
  expect(invocations.byTrace(traceOf(id))).toBeUndefined();
});

test('knows a call that comes from beyond a crash', () => {
  const { invocations } = createFaults(knows);
  const id = '0190b7e8-1111-4222-8333-444455556666';
  const crash = vi.fn();
  invocations.begin(id, 'update-profile', crash);
  expect(invocations.hasCrashed(traceOf(id))).toBe(false);
  invocations.byTrace(traceOf(id))?.crash();
  expect([crash.mock.calls.length, invocations.hasCrashed(traceOf(id))]).toEqual([1, true]);
  expect(invocations.hasCrashed(undefined)).toBe(false);
});
