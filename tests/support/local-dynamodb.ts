import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { Resource, Service } from '#local-cloud/cloud/service.ts';
import type { AttributeMap } from '#local-cloud/services/dynamodb/attribute-value.ts';
import { createDynamoDbService, type DynamoDbService } from '#local-cloud/services/dynamodb/service.ts';
import { createDynamoDbStreamsService } from '#local-cloud/services/dynamodb-streams/service.ts';
import { resourceContext, run, type ServiceContext, serviceContext } from './local-service-context.ts';
import { startServiceEndpoint } from './service-endpoint.ts';

/** A table like the customers' table, reached by the real SDK. */
export interface TestTable extends AsyncDisposable {
  readonly context: ServiceContext;
  readonly service: DynamoDbService;
  readonly streams: Service;
  readonly client: DynamoDBClient;
  readonly name: string;
  readonly streamArn: string;
  /** All records of the stream so far. */
  records(): Promise<readonly TestRecord[]>;
}

const record = z.looseObject({
  eventName: z.string(),
  userIdentity: z.object({ PrincipalId: z.string(), Type: z.string() }).optional(),
  dynamodb: z.looseObject({
    SequenceNumber: z.string(),
    Keys: z.custom<AttributeMap>(),
    NewImage: z.custom<AttributeMap>().optional(),
    OldImage: z.custom<AttributeMap>().optional(),
  }),
});
export type TestRecord = z.infer<typeof record>;
const records = z.object({ Records: z.array(record), NextShardIterator: z.string() });

/** Properties of the test table; `overrides` replaces some. */
export function tableProperties(overrides: Readonly<Record<string, unknown>> = {}): Readonly<Record<string, unknown>> {
  return {
    AttributeDefinitions: [
      { AttributeName: 'pk', AttributeType: 'S' },
      { AttributeName: 'sk', AttributeType: 'S' },
    ],
    KeySchema: [
      { AttributeName: 'pk', KeyType: 'HASH' },
      { AttributeName: 'sk', KeyType: 'RANGE' },
    ],
    BillingMode: 'PAY_PER_REQUEST',
    StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    ...overrides,
  };
}

/** Starts a table in memory, or in the state directory of a context that is given. */
export async function startTestTable(
  given?: ServiceContext,
  overrides?: Readonly<Record<string, unknown>>,
): Promise<TestTable> {
  const context = given ?? serviceContext();
  const service = createDynamoDbService(context, { inMemory: given === undefined });
  const streams = createDynamoDbStreamsService(service);
  const table = await createTable(service, overrides);
  const endpoint = await startServiceEndpoint(context, [service, streams]);
  const client = new DynamoDBClient(endpoint.client);
  const streamArn = table.attributes?.StreamArn ?? '';
  return {
    context,
    service,
    streams,
    client,
    name: table.ref,
    streamArn,
    records: () => readAll(streams, streamArn),
    async [Symbol.asyncDispose]() {
      client.destroy();
      await endpoint[Symbol.asyncDispose]();
      await service.stop?.();
    },
  };
}

function createTable(service: DynamoDbService, overrides?: Readonly<Record<string, unknown>>): Promise<Resource> {
  const provider = service.resources['AWS::DynamoDB::Table'];
  if (provider === undefined) throw new Error('no table provider');
  return provider.create(tableProperties(overrides), resourceContext('Customers'));
}

async function readAll(streams: Service, streamArn: string): Promise<readonly TestRecord[]> {
  const { StreamDescription: stream } = z
    .object({ StreamDescription: z.object({ Shards: z.array(z.object({ ShardId: z.string() })) }) })
    .parse(await run(streams, 'DescribeStream', { StreamArn: streamArn }));
  const first = z.object({ ShardIterator: z.string() }).parse(
    await run(streams, 'GetShardIterator', {
      StreamArn: streamArn,
      ShardId: stream.Shards[0]?.ShardId,
      ShardIteratorType: 'TRIM_HORIZON',
    }),
  );
  const found: TestRecord[] = [];
  let iterator = first.ShardIterator;
  for (;;) {
    const page = records.parse(await run(streams, 'GetRecords', { ShardIterator: iterator, Limit: 7 }));
    if (page.Records.length === 0) return found;
    found.push(...page.Records);
    iterator = page.NextShardIterator;
  }
}
