import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test } from 'vitest';
import { eventBridgeBus } from '#adapters/event-bridge/event-bridge-bus.ts';
import type { BusEntry } from '#contracts/bus/bus-event.ts';
import { BusUnavailableError } from '#runtime/errors.ts';

const client = new EventBridgeClient({ region: 'eu-central-1' });
const aws = mockClient(client);
const pauses: number[] = [];
const bus = eventBridgeBus(client, 'the-bus', async (attempt) => {
  pauses.push(attempt);
});
beforeEach(() => {
  aws.reset();
  pauses.length = 0;
});

const entry = (name: string): BusEntry => ({ detailType: 'InteractionsReceived', detail: JSON.stringify(name) });
const entries = (count: number) => Array.from({ length: count }, (_, index) => entry(`e${index}`));
/** Names of the entries of each call. */
const calls = () =>
  aws
    .commandCalls(PutEventsCommand)
    .map(({ args }) => (args[0].input.Entries ?? []).map(({ Detail = '' }) => JSON.parse(Detail)));
const taken = (count: number) => ({
  Entries: Array.from({ length: count }, (_, index) => ({ EventId: `id-${index}` })),
});
const takeAll = () => aws.on(PutEventsCommand).callsFake(({ Entries }) => taken(Entries.length));

describe('publishing', () => {
  test('puts source, detail type and detail on the bus', async () => {
    takeAll();
    await bus.publish([entry('a')]);
    expect(aws.commandCalls(PutEventsCommand)[0]?.args[0].input).toEqual({
      Entries: [{ EventBusName: 'the-bus', Source: 'lemniscate', DetailType: 'InteractionsReceived', Detail: '"a"' }],
    });
  });

  test('of nothing makes no call', async () => {
    await bus.publish([]);
    expect(calls()).toEqual([]);
  });

  test('of 21 entries makes calls of at most ten', async () => {
    takeAll();
    await bus.publish(entries(21));
    expect(calls().map((names) => names.length)).toEqual([10, 10, 1]);
    expect(calls().flat()).toEqual(entries(21).map(({ detail }) => JSON.parse(detail)));
  });

  test('of large entries makes calls of at most 256 KB', async () => {
    takeAll();
    await bus.publish(Array.from({ length: 9 }, () => entry('ü'.repeat(30_000))));
    expect(calls().map((names) => names.length)).toEqual([4, 4, 1]);
  });
});

describe('an entry that fails', () => {
  test('is sent again alone, after a pause', async () => {
    aws
      .on(PutEventsCommand)
      .resolvesOnce({
        FailedEntryCount: 2,
        Entries: [
          { EventId: '1' },
          { ErrorCode: 'ThrottlingException' },
          { EventId: '3' },
          { ErrorCode: 'InternalFailure' },
        ],
      })
      .resolvesOnce({ FailedEntryCount: 1, Entries: [{ ErrorCode: 'InternalFailure' }, { EventId: '4' }] })
      .resolvesOnce(taken(1));
    await bus.publish(entries(4));
    expect(calls()).toEqual([['e0', 'e1', 'e2', 'e3'], ['e1', 'e3'], ['e1']]);
    expect(pauses).toEqual([1, 2]);
  });

  test('four times makes the bus unavailable', async () => {
    aws.on(PutEventsCommand).resolves({ FailedEntryCount: 1, Entries: [{ ErrorCode: 'ThrottlingException' }] });
    await expect(bus.publish(entries(1))).rejects.toThrow(/1 of 1 entries failed 4 times: ThrottlingException/);
    expect(calls()).toHaveLength(4);
  });

  test('for want of any answer counts as failed', async () => {
    aws.on(PutEventsCommand).resolves({});
    await expect(bus.publish(entries(2))).rejects.toThrow(BusUnavailableError);
  });
});

test('a call that fails makes the bus unavailable, with its cause', async () => {
  const cause = new Error('no network');
  aws.on(PutEventsCommand).rejects(cause);
  await expect(bus.publish(entries(1))).rejects.toMatchObject({ name: 'BusUnavailableError', cause });
});
