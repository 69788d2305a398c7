import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dynamoSendingRuns } from '#adapters/campaigns-table/dynamo-sending-runs.ts';
import { MemorySendingRuns } from '#adapters/in-memory/memory-sending-runs.ts';
import type { SendingRuns } from '#ports/sending-runs.ts';
import { startCampaignsTable } from '#support/campaigns-table.ts';
import type { TestTable } from '#support/local-dynamodb.ts';

let table: TestTable;
beforeAll(async () => {
  table = await startCampaignsTable();
});
afterAll(() => table[Symbol.asyncDispose]());

describe.each<[string, () => SendingRuns]>([
  ['in DynamoDB', () => dynamoSendingRuns(table.client, table.name)],
  ['in memory', () => new MemorySendingRuns()],
])('runs that may send, %s', (_, make) => {
  test('are those that were let go and not held back since', async () => {
    const runs = make();
    const of = (runId: string) => ({ runId, campaignId: 'spring', channels: ['email'] });
    await runs.release(of('spring-1'));
    await runs.release(of('spring-2'));
    await runs.release(of('spring-2'));
    await runs.hold('spring-1');
    await runs.hold('spring-3');
    expect(await runs.open()).toEqual([of('spring-2')]);
  });
});
