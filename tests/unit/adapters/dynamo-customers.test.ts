import { DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test } from 'vitest';
import { dynamoCustomers } from '#adapters/dynamo-customers.ts';
import { toAttributes } from '#adapters/persona-items.ts';
import { encodeDay, encodeState, fold, personaMemory } from '#domain/profile/profile.ts';
import { interaction } from '#support/builders/interaction.ts';

const client = new DynamoDBClient({ region: 'eu-central-1' });
const aws = mockClient(client);
beforeEach(() => {
  aws.reset();
});
const customers = dynamoCustomers(client, 'the-table');
const asked = () => aws.commandCalls(QueryCommand).map(({ args }) => args[0].input);

/** The items that a persona's interactions make, the latest day first as a backward query gives them. */
function dayItems(personaId: string, ...times: readonly string[]) {
  const { days } = fold(
    personaMemory(),
    times.map((occurredAt, index) => interaction({ messageId: `${personaId}-${index}`, occurredAt })),
  );
  return [...days]
    .sort(([a], [b]) => (a < b ? 1 : -1))
    .map(([day, record]) =>
      toAttributes({ pk: 'customer#c', sk: `day#${day}#${personaId}`, version: 1, record: encodeDay(record) }),
    );
}

describe('the personas of a customer', () => {
  test('are read in one consistent query of its partition', async () => {
    const { state } = fold(personaMemory(), [interaction()]);
    const item = toAttributes({ pk: 'customer#c', sk: 'persona#p', version: 3, record: encodeState(state) });
    aws.on(QueryCommand).resolves({ Items: [item] });
    const [persona, ...others] = await customers.personas('c');
    expect(others).toEqual([]);
    expect([persona?.personaId, persona?.version]).toEqual(['p', 3]);
    expect(encodeState(persona?.state ?? personaMemory().state)).toBe(encodeState(state));
    expect(asked()).toEqual([
      {
        TableName: 'the-table',
        KeyConditionExpression: 'pk = :pk AND begins_with(sk, :prefix)',
        ExpressionAttributeValues: { ':pk': { S: 'customer#c' }, ':prefix': { S: 'persona#' } },
        ConsistentRead: true,
      },
    ]);
  });

  test('are none for nobody', async () => {
    aws.on(QueryCommand).resolves({});
    expect(await customers.personas('c')).toEqual([]);
  });
});

describe('the recent timeline', () => {
  const until = { at: Date.parse('2026-03-10T12:00:00Z'), messageId: 'p-1' };
  const ids = (entries: readonly { messageId: string }[]) => entries.map(({ messageId }) => messageId);

  test('asks at once for the personas with their newest days, and backwards from the day of the point for the others', async () => {
    aws.on(QueryCommand).resolves({});
    await customers.recentTimeline('c', until, 10);
    expect(asked()).toMatchObject([
      { ExpressionAttributeValues: { ':prefix': { S: 'persona#' } } },
      {
        ScanIndexForward: false,
        ExpressionAttributeValues: { ':first': { S: 'day#' }, ':last': { S: 'day#2026-03-10~' } },
      },
    ]);
  });

  test('leaves out the point itself and what is newer', async () => {
    const times = [
      '2026-03-10T11:00:00.000Z',
      '2026-03-10T12:00:00.000Z',
      '2026-03-10T12:00:00.001Z',
      '2026-03-09T23:00:00.000Z',
    ];
    aws.on(QueryCommand).resolves({ Items: dayItems('p', ...times) });
    expect(ids((await customers.recentTimeline('c', until, 10)).entries)).toEqual(['p-0', 'p-3']);
  });

  test('of several personas is one, newest first', async () => {
    const Items = [
      ...dayItems('q', '2026-03-09T10:00:00.000Z', '2026-03-09T12:00:00.000Z'),
      ...dayItems('p', '2026-03-09T11:00:00.000Z'),
    ];
    aws.on(QueryCommand).resolves({ Items });
    expect(ids((await customers.recentTimeline('c', until, 10)).entries)).toEqual(['q-1', 'p-0', 'q-0']);
  });

  test.each([
    [3, 3, true],
    [2, 2, false],
  ])('with a limit of %i has %i entries and is complete: %s', async (limit, count, isComplete) => {
    const Items = dayItems('p', '2026-03-09T10:00:00.000Z', '2026-03-08T10:00:00.000Z', '2026-03-07T10:00:00.000Z');
    aws.on(QueryCommand).resolves({ Items });
    const page = await customers.recentTimeline('c', until, limit);
    expect([page.entries.length, page.isComplete]).toEqual([count, isComplete]);
  });

  test('is not complete when DynamoDB has more days', async () => {
    aws.on(QueryCommand).resolves({ Items: [], LastEvaluatedKey: { pk: { S: 'customer#c' } } });
    expect((await customers.recentTimeline('c', until, 10)).isComplete).toBe(false);
  });
});
