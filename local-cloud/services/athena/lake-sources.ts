import * as z from 'zod';
import { type CloudContext, ServiceError } from '#local-cloud/cloud/service.ts';
import type { Principal } from '#local-cloud/iam/principal.ts';
import { QueryError } from './dialect/query-error.ts';
import type { TableReference } from './dialect/rewrite.ts';
import { informationSchema, informationTable } from './information-schema.ts';
import { projectedDays } from './projected-days.ts';
import { glueTypeToDuck } from './trino-type.ts';

/** The real file of an object, to be read in place. */
export type ObjectFile = (bucket: string, key: string) => string;

/** A table of the lake as a query sees it. */
export interface LakeTable {
  readonly kind: 'table';
  readonly relation: string;
  readonly columns: readonly { readonly name: string; readonly type: string }[];
  readonly partitionKeys: readonly string[];
  /** Values of the partitions that Athena would list, empty ones too; none where it looks partitions up. */
  readonly projected: readonly string[];
  readonly files: readonly LakeFile[];
  /** What it holds, where that is in no file. */
  readonly rows?: readonly (readonly (string | number | null)[])[];
}
export interface LakeFile {
  readonly path: string;
  readonly bytes: number;
}

/** A stored view: its Trino SQL and the database that its own names are looked up in. */
export interface LakeView {
  readonly kind: 'view';
  readonly relation: string;
  readonly sql: string;
  readonly database: string;
}

const columnShape = z.object({ Name: z.string(), Type: z.string() });
const glueTable = z.object({
  Table: z.object({
    TableType: z.string().optional(),
    ViewOriginalText: z.string().optional(),
    Parameters: z.record(z.string(), z.string()).default({}),
    PartitionKeys: z.array(columnShape).default([]),
    StorageDescriptor: z
      .object({ Columns: z.array(columnShape).default([]), Location: z.string().optional() })
      .optional(),
  }),
});

const listedObjects = z.object({
  Contents: z.array(z.object({ Key: z.string(), Size: z.number() })).default([]),
  NextContinuationToken: z.string().optional(),
});

const prestoView = z.object({ originalSql: z.string(), schema: z.string() });

/** Looks a name up in the catalogue and the lake, with the caller's own permissions, as Athena does. */
export async function lakeSource(
  context: CloudContext,
  objectFile: ObjectFile,
  principal: Principal,
  reference: TableReference,
): Promise<LakeTable | LakeView> {
  const { database, name, relation } = reference;
  if (database === informationSchema) {
    const held = await informationTable(context, principal, reference);
    return { kind: 'table', relation, ...held, partitionKeys: [], projected: [], files: [] };
  }
  const answer = await context
    .call(principal, 'glue', 'GetTable', { DatabaseName: database, Name: name })
    .catch((error: unknown) => {
      if (error instanceof ServiceError && error.code === 'EntityNotFoundException') {
        throw new QueryError('TABLE_NOT_FOUND', `Table 'awsdatacatalog.${relation}' does not exist`, { cause: error });
      }
      throw error;
    });
  const { Table: table } = glueTable.parse(answer);
  if (table.TableType === 'VIRTUAL_VIEW') return storedView(relation, table.ViewOriginalText);
  const location = table.StorageDescriptor?.Location;
  if (location === undefined) throw new QueryError('HIVE_INVALID_METADATA', `Table ${relation} has no location`);
  const columns = [...(table.StorageDescriptor?.Columns ?? []), ...table.PartitionKeys];
  const days = projectedDays(relation, table.Parameters, context);
  return {
    kind: 'table',
    relation,
    columns: columns.map((column) => ({ name: column.Name.toLowerCase(), type: glueTypeToDuck(column.Type) })),
    partitionKeys: table.PartitionKeys.map((key) => key.Name.toLowerCase()),
    projected: days.values,
    files: await lakeFiles(context, objectFile, principal, location, days.reaches),
  };
}

function storedView(relation: string, text: string | undefined): LakeView {
  const encoded = /^\/\* Presto View: (\S+) \*\/$/.exec(text?.trim() ?? '')?.[1];
  if (encoded === undefined) throw new QueryError('INVALID_VIEW', `View ${relation} is not a Presto view`);
  const { originalSql, schema } = prestoView.parse(JSON.parse(Buffer.from(encoded, 'base64').toString('utf8')));
  return { kind: 'view', relation, sql: originalSql, database: schema };
}

async function lakeFiles(
  context: CloudContext,
  objectFile: ObjectFile,
  principal: Principal,
  location: string,
  isProjected: (path: string) => boolean,
): Promise<readonly LakeFile[]> {
  const { bucket, key: prefix } = s3Location(location);
  const files: LakeFile[] = [];
  let token: string | undefined;
  do {
    const page = listedObjects.parse(
      await context.call(principal, 's3', 'ListObjectsV2', {
        Bucket: bucket,
        Prefix: prefix,
        ...(token === undefined ? {} : { ContinuationToken: token }),
      }),
    );
    for (const { Key: key, Size: bytes } of page.Contents) {
      if (bytes === 0 || !isProjected(key)) continue;
      // Athena reads with the caller's permissions; the bytes themselves are read in place.
      await context.call(principal, 's3', 'HeadObject', { Bucket: bucket, Key: key });
      files.push({ path: objectFile(bucket, key), bytes });
    }
    token = page.NextContinuationToken;
  } while (token !== undefined);
  return files;
}

/** Bucket and key of an `s3://` address. */
export function s3Location(address: string): { readonly bucket: string; readonly key: string } {
  const [, bucket, key] = /^s3:\/\/([^/]+)\/?(.*)$/.exec(address) ?? [];
  if (bucket === undefined || key === undefined) {
    throw new QueryError('INVALID_ARGUMENT', `An s3:// address was expected, not ${address}`);
  }
  return { bucket, key };
}
