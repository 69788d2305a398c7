import {
  AthenaClient,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  type QueryExecutionState,
  StartQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test } from 'vitest';
import { athenaLake } from '#adapters/athena/athena-lake.ts';
import { LakeQueryError, UnexpectedShapeError } from '#runtime/errors.ts';

const client = new AthenaClient({ region: 'eu-central-1' });
const aws = mockClient(client);
const lake = athenaLake(client, { workgroup: 'the-workgroup', database: 'the-database' });
const before = { at: Date.parse('2026-01-31T12:00:00.123Z'), messageId: "m'1" };

/** A result row; `null` is how Athena's missing value is written here. */
const row = (...cells: (string | null)[]) => ({
  Data: cells.map((cell) => (cell === null ? {} : { VarCharValue: cell })),
});
const header = row('message_id', 'type', '_col2', 'occurred_at', 'touchpoint', 'order_id', 'currency', 'revenue_minor');
const states = (...each: QueryExecutionState[]) => {
  let behaviour = aws.on(GetQueryExecutionCommand);
  for (const State of each)
    behaviour = behaviour.resolvesOnce({ QueryExecution: { Status: { State, StateChangeReason: 'why' } } });
};
const results = (...rows: ReturnType<typeof row>[]) =>
  aws.on(GetQueryResultsCommand).resolves({ ResultSet: { Rows: [header, ...rows] } });

beforeEach(() => {
  aws.reset();
  aws.on(StartQueryExecutionCommand).resolves({ QueryExecutionId: 'q' });
});

describe('older interactions', () => {
  test('are asked for in the workgroup, with all values as quoted parameters', async () => {
    states('SUCCEEDED');
    results();
    await lake.olderTimeline(['p1', 'p2'], before, 51);
    const input = aws.commandCalls(StartQueryExecutionCommand)[0]?.args[0].input;
    expect(input).toMatchObject({
      WorkGroup: 'the-workgroup',
      QueryExecutionContext: { Database: 'the-database' },
      ExecutionParameters: ["'p1'", "'p2'", "'2026-01-31 12:00:00.123'", "'2026-01-31 12:00:00.123'", "'m''1'"],
    });
    expect(input?.QueryString?.match(/\?/g)).toHaveLength(5);
    expect(input?.QueryString).toMatch(/LIMIT 51$/);
  });

  test('are read from the result after its header', async () => {
    states('QUEUED', 'RUNNING', 'SUCCEEDED');
    results(
      row('m-2', 'track', 'Order Completed', '2026-01-30 10:00:00.500', 'web', 'o-1', 'EUR', '1250'),
      row('m-1', 'identify', null, '2026-01-29 10:00:00.000', 'app', null, null, null),
    );
    expect(await lake.olderTimeline(['p1'], before, 10)).toEqual([
      {
        messageId: 'm-2',
        at: Date.parse('2026-01-30T10:00:00.500Z'),
        type: 'track',
        touchpoint: 'web',
        label: 'Order Completed',
        purchase: { orderId: 'o-1', currency: 'EUR', revenueMinor: 1250 },
      },
      { messageId: 'm-1', at: Date.parse('2026-01-29T10:00:00.000Z'), type: 'identify', touchpoint: 'app' },
    ]);
  });

  test('of a refund carry no purchase', async () => {
    states('SUCCEEDED');
    results(row('m', 'track', 'Order Refunded', '2026-01-30 10:00:00.000', 'web', 'o-1', 'EUR', null));
    expect((await lake.olderTimeline(['p1'], before, 10))[0]).not.toHaveProperty('purchase');
  });

  test.each(['FAILED', 'CANCELLED'] as const)('of a query that is %s are a fault that says why', async (state) => {
    states(state);
    await expect(lake.olderTimeline(['p1'], before, 10)).rejects.toThrow(new LakeQueryError(`Query q ${state}: why`));
  });

  test('of a row without its shape are a fault', async () => {
    states('SUCCEEDED');
    results(row('m', 'dance', null, '2026-01-30 10:00:00.000', 'web', null, null, null));
    await expect(lake.olderTimeline(['p1'], before, 10)).rejects.toThrow(UnexpectedShapeError);
  });
});

describe('of a time in the life of a customer', () => {
  const span = { personaIds: ['p1', 'p2'], fromMs: 0, untilMs: before.at };

  test('properties are read by message id', async () => {
    states('SUCCEEDED');
    results(row('m-1', '{"query":"shoes"}'));
    expect(await lake.properties(span)).toEqual(new Map([['m-1', { query: 'shoes' }]]));
    expect(aws.commandCalls(StartQueryExecutionCommand)[0]?.args[0].input.ExecutionParameters).toEqual([
      "'p1'",
      "'p2'",
      "'1970-01-01 00:00:00.000'",
      "'2026-01-31 12:00:00.123'",
    ]);
  });

  test('decisions are read with all that they showed', async () => {
    states('SUCCEEDED');
    results(
      row('d-2', '2026-01-30 10:00:00.000', 'tv-hero', 'tv', 'web'),
      row('d-2', '2026-01-30 10:00:00.000', 'sport-hero', 'sport', 'web'),
      row('d-1', '2026-01-29 10:00:00.000', 'tv-card', 'tv', 'app'),
    );
    expect(await lake.decisions(span)).toEqual([
      {
        decisionId: 'd-2',
        at: Date.parse('2026-01-30T10:00:00Z'),
        treatments: [
          { treatmentId: 'tv-hero', offerId: 'tv', channel: 'web' },
          { treatmentId: 'sport-hero', offerId: 'sport', channel: 'web' },
        ],
      },
      {
        decisionId: 'd-1',
        at: Date.parse('2026-01-29T10:00:00Z'),
        treatments: [{ treatmentId: 'tv-card', offerId: 'tv', channel: 'app' }],
      },
    ]);
  });
});
