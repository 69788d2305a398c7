import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import type { CloudContext } from '#local-cloud/cloud/service.ts';
import { QueryError } from './dialect/query-error.ts';
import { s3Location } from './lake-sources.ts';
import type { QueryExecution } from './query-execution.ts';
import { type QueryEngine, withQuery } from './run-query.ts';
import type { Statement } from './statement.ts';

const formats = {
  parquet: { copy: 'FORMAT parquet', compressions: ['gzip', 'snappy', 'zstd', 'none'], suffix: '' },
  json: {
    copy: "FORMAT json, TIMESTAMPFORMAT '%Y-%m-%d %H:%M:%S.%g'",
    compressions: ['gzip', 'none'],
    suffix: '.gz',
  },
  textfile: {
    copy: "FORMAT csv, HEADER false, QUOTE '', ESCAPE '', NULLSTR '\\N', TIMESTAMPFORMAT '%Y-%m-%d %H:%M:%S.%g'",
    compressions: ['gzip', 'none'],
    suffix: '.gz',
  },
} as const;

const unloadOptions = z.strictObject({
  format: z
    .string()
    .toLowerCase()
    .pipe(z.enum(['parquet', 'json', 'textfile'])),
  compression: z.string().toLowerCase().default('gzip'),
  field_delimiter: z.string().length(1).default('\u0001'),
});

/** Where files are drafted before they go to the bucket. */
export const unloadFolder = ({ stateDirectory }: CloudContext): string => join(stateDirectory, 'athena-unload');

/** `UNLOAD (query) TO …`: the rows as one file under an empty prefix, and a manifest that names it beside the results. */
export async function unload(
  engine: QueryEngine,
  execution: QueryExecution,
  { sql, location, options }: Extract<Statement, { kind: 'unload' }>,
): Promise<void> {
  const parsed = unloadOptions.safeParse(options);
  if (!parsed.success) throw new QueryError('NOT_SUPPORTED', `UNLOAD: ${z.prettifyError(parsed.error)} (local Athena)`);
  const { format, compression, field_delimiter: delimiter } = parsed.data;
  const { copy, compressions, suffix } = formats[format];
  if (!compressions.some((known) => known === compression)) {
    throw new QueryError('NOT_SUPPORTED', `UNLOAD: compression ${compression} of ${format} (local Athena)`);
  }
  const { bucket, key } = s3Location(location);
  const prefix = key === '' || key.endsWith('/') ? key : `${key}/`;
  await refuseOccupied(engine, execution, bucket, prefix);
  const folder = unloadFolder(engine.context);
  await mkdir(folder, { recursive: true });
  const draft = join(folder, execution.id);
  const written = await withQuery(engine, execution, sql, async (connection, plan) => {
    const separator = format === 'textfile' ? `, DELIMITER '${delimiter.replaceAll("'", "''")}'` : '';
    const compress = compression === 'none' ? 'uncompressed' : compression;
    const result = await connection.runAndReadAll(
      `COPY (${plan.sql}) TO '${draft.replaceAll("'", "''")}' (${copy}${separator}, COMPRESSION ${compress})`,
    );
    return Number(result.getRows()[0]?.[0] ?? 0);
  });
  try {
    const name = `${prefix}${execution.id.replaceAll('-', '_')}_00000${compression === 'gzip' ? suffix : ''}`;
    const put = (Key: string, Body: Uint8Array) =>
      engine.context.call(execution.principal, 's3', 'PutObject', { Bucket: bucket, Key, Body });
    if (written > 0) await put(name, await readFile(draft));
    await putManifest(engine, execution, written > 0 ? [`s3://${bucket}/${name}`] : []);
  } finally {
    await rm(draft, { force: true });
  }
}

async function refuseOccupied(
  { context }: QueryEngine,
  { principal }: QueryExecution,
  bucket: string,
  prefix: string,
): Promise<void> {
  const listed = await context.call(principal, 's3', 'ListObjectsV2', { Bucket: bucket, Prefix: prefix });
  if (z.object({ Contents: z.array(z.unknown()).default([]) }).parse(listed).Contents.length > 0) {
    throw new QueryError(
      'HIVE_PATH_ALREADY_EXISTS',
      `Target directory for table already exists: s3://${bucket}/${prefix}`,
    );
  }
}

async function putManifest(
  { context }: QueryEngine,
  execution: QueryExecution,
  files: readonly string[],
): Promise<void> {
  const { bucket, key } = s3Location(execution.outputLocation);
  const name = `${key === '' || key.endsWith('/') ? key : `${key}/`}${execution.id}-manifest.csv`;
  await context.call(execution.principal, 's3', 'PutObject', {
    Bucket: bucket,
    Key: name,
    Body: Buffer.from(files.map((file) => `${file}\n`).join('')),
  });
  execution.manifestLocation = `s3://${bucket}/${name}`;
}
