import type { Json } from '#support/stage-templates.ts';
import { type AwsCheck, every } from './aws-check.ts';

const table = 'AWS::DynamoDB::GlobalTable';
const reference =
  'https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-dynamodb-globaltable.html';
const keysOf = ({ KeySchema = [], GlobalSecondaryIndexes = [], LocalSecondaryIndexes = [] }: Json): readonly string[] =>
  [{ KeySchema }, ...GlobalSecondaryIndexes, ...LocalSecondaryIndexes]
    .flatMap((index: Json) => index.KeySchema)
    .map(({ AttributeName }: Json) => AttributeName);
const made = (properties: Json) => ({
  table: {
    Type: table,
    Properties: {
      KeySchema: [{ AttributeName: 'pk' }],
      AttributeDefinitions: [{ AttributeName: 'pk' }],
      ...properties,
    },
  },
});

export const tableChecks: readonly AwsCheck[] = [
  {
    law: 'A table defines exactly the attributes that are keys of it or of an index',
    source: reference,
    faults: every(table, (properties) => {
      const defined = properties.AttributeDefinitions.map(({ AttributeName }: Json) => AttributeName);
      return new Set(defined).symmetricDifference(new Set(keysOf(properties))).size === 0;
    }),
    broken: made({ AttributeDefinitions: [{ AttributeName: 'pk' }, { AttributeName: 'state' }] }),
  },
  {
    law: 'A table has at most 20 global and 5 local indexes',
    source: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html',
    faults: every(
      table,
      ({ GlobalSecondaryIndexes = [], LocalSecondaryIndexes = [] }) =>
        GlobalSecondaryIndexes.length <= 20 && LocalSecondaryIndexes.length <= 5,
    ),
    broken: made({ LocalSecondaryIndexes: Array.from({ length: 6 }, () => ({ KeySchema: [] })) }),
  },
  {
    law: 'Items expire by an attribute that is no key',
    source: 'https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/TTL.html',
    faults: every(table, (properties) => {
      const { Enabled, AttributeName } = properties.TimeToLiveSpecification ?? {};
      return Enabled !== true || !keysOf(properties).includes(AttributeName);
    }),
    broken: made({ TimeToLiveSpecification: { Enabled: true, AttributeName: 'pk' } }),
  },
  {
    law: 'A table on demand provisions nothing, and one with copies streams both images',
    source: reference,
    faults: every(
      table,
      ({ BillingMode, WriteProvisionedThroughputSettings, Replicas = [], StreamSpecification }) =>
        (BillingMode !== 'PAY_PER_REQUEST' || WriteProvisionedThroughputSettings === undefined) &&
        (Replicas.length < 2 || StreamSpecification?.StreamViewType === 'NEW_AND_OLD_IMAGES'),
    ),
    broken: made({ Replicas: [{}, {}], StreamSpecification: { StreamViewType: 'NEW_IMAGE' } }),
  },
];
