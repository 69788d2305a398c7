import { startTestTable, type TestTable } from './local-dynamodb.ts';

/** A table like that of campaigns, with its index. */
export function startCampaignsTable(): Promise<TestTable> {
  return startTestTable(undefined, {
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'sk', AttributeType: 'S' },
      { AttributeName: 'dueQueue', AttributeType: 'S' },
      { AttributeName: 'dueAtMs', AttributeType: 'N' },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: 'due',
        KeySchema: [
          { AttributeName: 'dueQueue', KeyType: 'HASH' },
          { AttributeName: 'dueAtMs', KeyType: 'RANGE' },
        ],
        Projection: { ProjectionType: 'KEYS_ONLY' },
      },
    ],
  });
}
