import * as z from 'zod';
import type { CloudContext, ResourceContext, ResourceProvider } from '#local-cloud/cloud/service.ts';
import type { ItemStore } from './item-store.ts';
import type { DynaliteTable, Table } from './table.ts';

const keySchema = z.array(z.object({ AttributeName: z.string(), KeyType: z.enum(['HASH', 'RANGE']) }));
const index = z.object({
  IndexName: z.string(),
  KeySchema: keySchema,
  Projection: z.object({
    ProjectionType: z.string().default('ALL'),
    NonKeyAttributes: z.array(z.string()).exactOptional(),
  }),
});
const tableProperties = z.object({
  TableName: z.string().optional(),
  AttributeDefinitions: z.array(z.object({ AttributeName: z.string(), AttributeType: z.enum(['S', 'N', 'B']) })),
  KeySchema: keySchema,
  GlobalSecondaryIndexes: z.array(index).optional(),
  LocalSecondaryIndexes: z.array(index).optional(),
  StreamSpecification: z
    .object({
      // A global table's stream always has both images.
      StreamViewType: z
        .enum(['KEYS_ONLY', 'NEW_IMAGE', 'OLD_IMAGE', 'NEW_AND_OLD_IMAGES'])
        .default('NEW_AND_OLD_IMAGES'),
    })
    .optional(),
  TimeToLiveSpecification: z.object({ AttributeName: z.string().optional(), Enabled: z.boolean() }).optional(),
});
const storedTable = z.object({ createdMs: z.number(), keySchema });

const honoured = [
  'AttributeDefinitions',
  'GlobalSecondaryIndexes',
  'KeySchema',
  'LocalSecondaryIndexes',
  'StreamSpecification.StreamViewType',
  'TableName',
  'TimeToLiveSpecification',
] as const;

/** Nothing to do on one machine: capacity is not limited, disks are the developer's, `stop` keeps the data. */
const inert = [
  'BillingMode',
  'DeletionProtectionEnabled',
  'OnDemandThroughput',
  'PointInTimeRecoverySpecification',
  'ProvisionedThroughput',
  'Replicas.ContributorInsightsSpecification',
  'Replicas.DeletionProtectionEnabled',
  // Of an index here: which settings it has of its own, none on demand.
  'Replicas.GlobalSecondaryIndexes.IndexName',
  'Replicas.PointInTimeRecoverySpecification',
  'Replicas.Region',
  'Replicas.TableClass',
  'Replicas.Tags',
  'SSESpecification',
  'TableClass',
  'WriteOnDemandThroughputSettings',
] as const;

/** Makes `AWS::DynamoDB::Table` and `AWS::DynamoDB::GlobalTable` (CDK's TableV2) in the store. */
export function tableProvider(store: ItemStore, context: CloudContext): ResourceProvider {
  return {
    properties: [...honoured, ...inert],
    async create(properties, resource) {
      const table = await openTable(store, context, resource, properties);
      store.addTable(table);
      const stream = table.stream === undefined ? {} : { StreamArn: table.stream.arn };
      return { ref: table.name, attributes: { Arn: table.arn, TableId: table.name, ...stream } };
    },
  };
}

async function openTable(
  store: ItemStore,
  context: CloudContext,
  resource: ResourceContext,
  properties: Readonly<Record<string, unknown>>,
): Promise<Table> {
  const parsed = tableProperties.parse(properties);
  const name = parsed.TableName ?? resource.physicalName(255);
  const createdMs = await createdAt(store, name, parsed.KeySchema, context.clock.now());
  const arn = `arn:aws:dynamodb:${resource.region}:${resource.account}:table/${name}`;
  const label = new Date(createdMs).toISOString().slice(0, -1);
  const schema: DynaliteTable = {
    TableName: name,
    TableStatus: 'ACTIVE',
    AttributeDefinitions: parsed.AttributeDefinitions,
    KeySchema: parsed.KeySchema,
    ...(parsed.GlobalSecondaryIndexes === undefined ? {} : { GlobalSecondaryIndexes: parsed.GlobalSecondaryIndexes }),
    ...(parsed.LocalSecondaryIndexes === undefined ? {} : { LocalSecondaryIndexes: parsed.LocalSecondaryIndexes }),
  };
  const viewType = parsed.StreamSpecification?.StreamViewType;
  const expires = parsed.TimeToLiveSpecification;
  return {
    name,
    arn,
    schema,
    createdMs,
    ...(viewType === undefined ? {} : { stream: { arn: `${arn}/stream/${label}`, label, viewType } }),
    ...(expires?.Enabled === true && expires.AttributeName !== undefined
      ? { expiresAttribute: expires.AttributeName }
      : {}),
  };
}

/** A table keeps its birth time, and with it the ARN of its stream, over restarts on the same state directory. */
async function createdAt(
  store: ItemStore,
  name: string,
  schema: z.infer<typeof keySchema>,
  nowMs: number,
): Promise<number> {
  const key = `table~${name}`;
  const known = storedTable.optional().parse(store.get(key));
  if (known === undefined) {
    const value = { createdMs: nowMs, keySchema: schema };
    await store.write(async (_view, extra) => void extra.push({ type: 'put', key, value }));
    return nowMs;
  }
  if (JSON.stringify(known.keySchema) !== JSON.stringify(schema))
    throw new Error(`Table ${name} in the state directory has another key schema; start with an empty state directory`);
  return known.createdMs;
}
