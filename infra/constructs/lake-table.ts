import { Stack } from 'aws-cdk-lib';
import { CfnTable } from 'aws-cdk-lib/aws-glue';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { columnsOf, type LakeTableDefinition } from '#contracts/lake/table.ts';

export interface LakeTableProps {
  readonly definition: LakeTableDefinition;
  readonly bucket: Bucket;
  readonly databaseName: string;
  readonly retentionDays: number;
  /** The first day that can have rows. */
  readonly from: string | undefined;
}

/** An external Parquet table by arrival date, whose partitions Athena computes instead of looking them up. */
export class LakeTable extends Construct {
  readonly definition: LakeTableDefinition;
  readonly tableName: string;
  readonly databaseName: string;
  /** Where its objects are in the bucket, ending in a slash. */
  readonly prefix: string;
  /** Where Firehose leaves what it could not transform or convert. */
  readonly errorPrefix: string;
  /** Whether it is parted by day, as those are that most events go to; by month otherwise. */
  readonly isDaily: boolean;
  /** Time in a partition's name, as Firehose and Athena write it. */
  readonly partitionFormat: 'yyyy-MM-dd' | 'yyyy-MM';

  constructor(scope: Construct, id: string, props: LakeTableProps) {
    super(scope, id);
    this.definition = props.definition;
    this.tableName = props.definition.name;
    this.databaseName = props.databaseName;
    this.prefix = `${this.tableName}/`;
    this.errorPrefix = `errors/${this.tableName}/`;
    const { partition } = props.definition;
    this.isDaily = partition === undefined;
    this.partitionFormat = this.isDaily ? 'yyyy-MM-dd' : 'yyyy-MM';
    const location = `s3://${props.bucket.bucketName}/${this.prefix}`;
    new CfnTable(this, 'table', {
      catalogId: Stack.of(this).account,
      databaseName: props.databaseName,
      tableInput: {
        name: this.tableName,
        description: props.definition.description,
        tableType: 'EXTERNAL_TABLE',
        partitionKeys: [
          {
            name: 'dt',
            type: 'string',
            comment: `${this.isDaily ? 'Day' : 'Month'} it arrived, UTC, ${this.partitionFormat}; name it to scan less`,
          },
        ],
        parameters: {
          EXTERNAL: 'TRUE',
          classification: 'parquet',
          'projection.enabled': 'true',
          'projection.dt.type': 'date',
          'projection.dt.format': this.partitionFormat,
          // A day outside the range is silently empty: begin with the first that has rows, or where the lifecycle rule ends, and allow
          // clocks a day.
          'projection.dt.range':
            partition === undefined
              ? `${props.from ?? `NOW-${props.retentionDays}DAYS`},NOW+1DAYS`
              : `${props.from?.slice(0, 'yyyy-MM'.length) ?? `NOW-${12 * partition.years}MONTHS`},NOW+1MONTHS`,
          'storage.location.template': `${location}dt=\${dt}/`,
        },
        storageDescriptor: {
          location,
          columns: columnsOf(props.definition).map(({ name, glueType, description }) => ({
            name,
            type: glueType,
            comment: description,
          })),
          inputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
          outputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
          serdeInfo: { serializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' },
        },
      },
    });
  }
}
