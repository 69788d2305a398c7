import { beforeAll, describe, expect, test } from 'vitest';
import { type LocalLake, startEventLake } from '#support/local-lake.ts';

let lake: LocalLake;
beforeAll(async () => {
  lake = await startEventLake();
});

const extra = { Name: 'extra', TableType: 'VIRTUAL_VIEW', ViewOriginalText: '/* Presto View: e30= */' };
const tableOf = async (cloud: LocalLake, Name: string) =>
  (await cloud.call('glue', 'GetTable', { DatabaseName: 'db', Name })).Table;

describe('the catalogue', () => {
  test('answers a table of the template with its columns and partition keys', async () => {
    expect(await tableOf(lake, 'EVENTS')).toMatchObject({
      Name: 'events',
      DatabaseName: 'db',
      CreateTime: lake.context.clock.now() / 1000,
      PartitionKeys: [{ Name: 'dt', Type: 'string' }],
      StorageDescriptor: { Location: 's3://lake/events/' },
    });
  });

  test('has no stored partitions of a projected table', async () => {
    const answer = await lake.call('glue', 'GetPartitions', { DatabaseName: 'db', TableName: 'events' });
    expect(answer).toEqual({ Partitions: [] });
  });

  test('keeps what a caller made over a restart, and what the template made out of its file', async () => {
    await lake.call('glue', 'CreateTable', { DatabaseName: 'db', TableInput: extra });
    await lake.call('glue', 'UpdateTable', { DatabaseName: 'db', TableInput: { ...extra, Description: 'second' } });
    const again = await startEventLake({ stateDirectory: lake.context.stateDirectory });
    expect(await tableOf(again, 'extra')).toMatchObject({ Description: 'second' });
    await again.call('glue', 'DeleteTable', { DatabaseName: 'db', Name: 'extra' });
    const { TableList } = await again.call('glue', 'GetTables', { DatabaseName: 'db' });
    expect(TableList).toEqual([expect.objectContaining({ Name: 'events' })]);
  });

  test.each([
    ['a table that exists', 'CreateTable', { DatabaseName: 'db', TableInput: { Name: 'events' } }, /already exists/],
    ['an update of no table', 'UpdateTable', { DatabaseName: 'db', TableInput: { Name: 'nothing' } }, /not found/],
    ['a table of no database', 'GetTable', { DatabaseName: 'none', Name: 'events' }, /Database none not found/],
    ['a table that is not there', 'GetTable', { DatabaseName: 'db', Name: 'none' }, /db\.none/],
  ])('refuses %s', async (_what, operation, input, message) => {
    await expect(lake.call('glue', operation, input)).rejects.toThrow(message);
  });

  test('asks for the action on catalog, database and table, all three', async () => {
    const arn = (name: string) => `arn:aws:glue:eu-central-1:123456789012:${name}`;
    const roleArn = await lake.role('TableOnly', {
      Action: ['glue:GetTable'],
      Resource: [arn('table/db/events'), arn('database/db')],
    });
    await expect(
      lake.call('glue', 'GetTable', { DatabaseName: 'db', Name: 'events' }, { kind: 'role', roleArn }),
    ).rejects.toThrow(arn('catalog'));
  });
});
