import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { DuckDBValue } from '@duckdb/node-api';
import * as z from 'zod';
import type { CloudContext } from '#local-cloud/cloud/service.ts';
import { jsonDocuments } from './json-documents.ts';
import { deliveredKey, type ErrorOutputType, failedKey, type KeyParts } from './object-key.ts';
import type { ParquetWriter } from './parquet-file.ts';
import { type RowColumn, rowOf } from './row-value.ts';
import type { FailedRecord, StreamRecord } from './stream-record.ts';
import type { StreamSettings } from './stream-settings.ts';
import { transformRecords } from './transform-records.ts';

/** Takes a buffer of records to the bucket: transformed, converted, what fails beside it under the error prefix. */
export async function deliverRecords(
  context: CloudContext,
  writer: ParquetWriter,
  stream: StreamSettings,
  records: readonly StreamRecord[],
): Promise<void> {
  const { delivered, failed } =
    stream.transform === undefined
      ? { delivered: records, failed: [] }
      : await transformRecords(context, stream.arn, stream.transform, records);
  await putFailed(context, stream, 'processing-failed', failed, (record) => ({
    errorCode: record.errorCode,
    errorMessage: record.errorMessage,
    ...(stream.transform === undefined ? {} : { lambdaArn: stream.transform.functionArn }),
  }));
  if (delivered.length === 0) return;
  if (stream.conversion === undefined) {
    await put(
      context,
      stream,
      Buffer.concat(delivered.map(({ data }) => data)),
      (parts) => deliveredKey(stream.prefix, parts),
      delivered,
      '',
    );
    return;
  }
  const { CaseInsensitive } = stream.conversion.InputFormatConfiguration.Deserializer.OpenXJsonSerDe;
  const schema = stream.conversion.SchemaConfiguration;
  const columns = await schemaColumns(context, schema);
  const { rows, malformed } = await toRows(delivered, columns, CaseInsensitive);
  await putFailed(context, stream, 'format-conversion-failed', malformed, (record) => ({
    ErrorCode: record.errorCode,
    ErrorMessage: record.errorMessage,
    sequenceNumber: null,
    subSequenceNumber: null,
    dataCatalogTable: {
      catalogId: context.account,
      databaseName: schema.DatabaseName,
      tableName: schema.TableName,
      region: schema.Region ?? context.region,
      versionId: schema.VersionId ?? 'LATEST',
      catalogArn: null,
    },
  }));
  if (rows.length === 0) return;
  const { Compression } = stream.conversion.OutputFormatConfiguration.Serializer.ParquetSerDe;
  const parquet = await writer.write(columns, rows, Compression);
  await put(context, stream, parquet, (parts) => deliveredKey(stream.prefix, parts), delivered, '.parquet');
}

/**
 * One malformed document fails its whole record, as one record is one unit for Firehose. A buffer holds many thousand rows: others
 * get their turn between two records.
 */
async function toRows(records: readonly StreamRecord[], columns: readonly RowColumn[], caseInsensitive: boolean) {
  const rows: (readonly DuckDBValue[])[] = [];
  const malformed: FailedRecord[] = [];
  for (const record of records) {
    try {
      const documents = jsonDocuments(Buffer.from(record.data).toString('utf8'));
      rows.push(...documents.map((document) => rowOf(document, columns, caseInsensitive)));
      await nextTurn();
    } catch (error) {
      const errorMessage = error instanceof Error ? error.message : String(error);
      malformed.push({ ...record, errorCode: 'DataFormatConversion.MalformedData', errorMessage, attempts: 1 });
    }
  }
  return { rows, malformed };
}

const tableVersions = z.object({
  TableVersions: z
    .array(
      z.object({
        Table: z.object({
          StorageDescriptor: z.object({ Columns: z.array(z.object({ Name: z.string(), Type: z.string() })) }),
        }),
      }),
    )
    .min(1),
});

/** The table's columns, asked from Glue in the schema's own role. */
async function schemaColumns(
  context: CloudContext,
  schema: { readonly RoleARN: string; readonly DatabaseName: string; readonly TableName: string },
): Promise<readonly RowColumn[]> {
  const answer = await context.call(context.roleOf(schema.RoleARN), 'glue', 'GetTableVersions', {
    DatabaseName: schema.DatabaseName,
    TableName: schema.TableName,
  });
  const [latest] = tableVersions.parse(answer).TableVersions;
  return (latest?.Table.StorageDescriptor.Columns ?? []).map(({ Name, Type }) => ({
    name: Name.toLowerCase(),
    type: Type,
  }));
}

/** Writes what could not be delivered, one JSON document a line; `told` has the fields that each kind of error names its own way. */
async function putFailed(
  context: CloudContext,
  stream: StreamSettings,
  type: ErrorOutputType,
  failed: readonly FailedRecord[],
  told: (record: FailedRecord) => object,
): Promise<void> {
  if (failed.length === 0) return;
  const lines = failed.map((record) =>
    JSON.stringify({
      attemptsMade: record.attempts,
      arrivalTimestamp: record.arrivalMs,
      attemptEndingTimestamp: context.clock.now(),
      rawData: Buffer.from(record.data).toString('base64'),
      ...told(record),
    }),
  );
  const body = Buffer.from(lines.map((line) => `${line}\n`).join(''));
  await put(context, stream, body, (parts) => failedKey(stream.errorPrefix, type, parts), failed, '');
}

async function put(
  context: CloudContext,
  stream: StreamSettings,
  body: Uint8Array,
  keyOf: (parts: KeyParts) => string,
  records: readonly StreamRecord[],
  extension: string,
): Promise<void> {
  const key = keyOf({
    streamName: stream.name,
    arrivalMs: Math.min(...records.map(({ arrivalMs }) => arrivalMs)),
    nowMs: context.clock.now(),
    id: randomUUID(),
    extension,
  });
  await context.call(context.roleOf(stream.roleArn), 's3', 'PutObject', {
    Bucket: stream.bucket,
    Key: key,
    Body: body,
  });
}
