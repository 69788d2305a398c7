import { DescribeTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DescribeStreamCommand,
  DynamoDBStreamsClient,
  GetRecordsCommand,
  GetShardIteratorCommand,
} from '@aws-sdk/client-dynamodb-streams';
import { outputOf, type Target } from '#scripts/target/target.ts';
import { type Finding, findingsOf } from './audited-run.ts';

/** Watches the customers table's stream. */
export interface ProfileRegister {
  /** Reads on; to be called after each move of the clock by a day or more, before the next one: the stream keeps a day. */
  read(): Promise<void>;
  /** Versions of a profile that did not grow by one, since the last time this was asked. */
  findings(): Finding[];
}

/** Profile versions only grow, one by one from 1, in the order of the stream. */
export async function openProfileRegister(target: Target): Promise<ProfileRegister> {
  const streams = new DynamoDBStreamsClient(target.client);
  let iterator = await firstIterator(target, streams);
  const versions = new Map<string, number>();
  let wrong: string[] = [];

  return {
    async read() {
      for (;;) {
        const { Records = [], NextShardIterator } = await streams.send(
          new GetRecordsCommand({ ShardIterator: iterator }),
        );
        iterator = NextShardIterator;
        for (const { dynamodb } of Records) {
          const sort = dynamodb?.Keys?.sk?.S ?? '';
          if (!sort.startsWith('persona#')) continue;
          const version = Number(dynamodb?.NewImage?.version?.N);
          const before = versions.get(sort) ?? 0;
          if (version !== before + 1) wrong.push(`${sort} went from ${before} to ${version}`);
          versions.set(sort, version);
        }
        if (Records.length === 0) return;
      }
    },
    findings() {
      const found = findingsOf('register', 'a version did not grow by one', wrong);
      wrong = [];
      return found;
    },
  };
}

async function firstIterator(target: Target, streams: DynamoDBStreamsClient): Promise<string | undefined> {
  const tables = new DynamoDBClient(target.client);
  const TableName = outputOf(target, 'CustomersTableName');
  const StreamArn = (await tables.send(new DescribeTableCommand({ TableName }))).Table?.LatestStreamArn;
  const { StreamDescription } = await streams.send(new DescribeStreamCommand({ StreamArn }));
  const ShardId = StreamDescription?.Shards?.[0]?.ShardId;
  const start = new GetShardIteratorCommand({ StreamArn, ShardId, ShardIteratorType: 'TRIM_HORIZON' });
  return (await streams.send(start)).ShardIterator;
}
