import { mkdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  BIGINT,
  BOOLEAN,
  DOUBLE,
  DuckDBDataChunk,
  DuckDBInstance,
  type DuckDBType,
  type DuckDBValue,
  LIST,
  TIMESTAMP,
  VARCHAR,
} from '@duckdb/node-api';
import type { RowColumn } from './row-value.ts';

/** Writes rows as Parquet bytes. */
export interface ParquetWriter {
  write(
    columns: readonly RowColumn[],
    rows: readonly (readonly DuckDBValue[])[],
    compression: string,
  ): Promise<Uint8Array>;
  close(): Promise<void>;
}

const types: Readonly<Record<string, DuckDBType>> = {
  string: VARCHAR,
  bigint: BIGINT,
  double: DOUBLE,
  boolean: BOOLEAN,
  timestamp: TIMESTAMP,
  'array<string>': LIST(VARCHAR),
  'array<double>': LIST(DOUBLE),
};

/** Rows written in one turn of the event loop; a DuckDB data chunk takes 2,048. */
const chunkRows = 256;
const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** A writer that drafts its files in a folder; DuckDB starts with the first. */
export function createParquetWriter(folder: string): ParquetWriter {
  let started: Promise<DuckDBInstance> | undefined;
  let drafts = 0;
  return {
    async write(columns, rows, compression) {
      started ??= DuckDBInstance.create(':memory:', { threads: '1' });
      await mkdir(folder, { recursive: true });
      const connection = await (await started).connect();
      drafts += 1;
      const draft = join(folder, `draft-${process.pid}-${drafts}.parquet`);
      try {
        const declared = columns.map(({ name, type }) => `${quoted(name)} ${String(duckType(type))}`);
        await connection.run(`CREATE TEMP TABLE rows (${declared.join(', ')})`);
        const appender = await connection.createAppender('rows', undefined, 'temp');
        for (let from = 0; from < rows.length; from += chunkRows) {
          const chunk = DuckDBDataChunk.create(columns.map(({ type }) => duckType(type)));
          chunk.setRows(rows.slice(from, from + chunkRows).map((row) => [...row]));
          appender.appendDataChunk(chunk);
          await nextTurn();
        }
        appender.closeSync();
        await connection.run(
          `COPY rows TO '${draft.replaceAll("'", "''")}' (FORMAT parquet, COMPRESSION ${compression.toLowerCase()})`,
        );
        return await readFile(draft);
      } finally {
        connection.closeSync();
        await rm(draft, { force: true });
      }
    },
    async close() {
      (await started)?.closeSync();
    },
  };
}

function duckType(glueType: string): DuckDBType {
  const type = types[glueType];
  if (type === undefined) throw new TypeError(`Type ${glueType} is not known to the local Firehose`);
  return type;
}
