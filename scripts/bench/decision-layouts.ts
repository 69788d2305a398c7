import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { decisionToRows } from '#contracts/lake/decisions/decision-rows.ts';
import { decide } from '#domain/decision/decide.ts';
import { DecisionRequest } from '#domain/decision/decision-request.ts';
import { conditionsOf, context, customerStates, factsFor, placementId, planOf } from './decision-world.ts';

/** Bytes of Parquet that a question reads in each layout of the table `decisions`. */
export interface LayoutBytes {
  readonly question: string;
  readonly lists: number;
  readonly rows: number;
}

const size = { decisions: 2000, treatments: 20 };
const perDecision = ['decision_id', 'decided_at', 'customer_id', 'persona_id', 'arm', 'strategy_id', 'features'];
const questions: readonly { readonly question: string; readonly columns: readonly string[] }[] = [
  { question: 'decisions by arm and day', columns: ['decision_id', 'decided_at', 'arm'] },
  { question: 'why treatments were not shown', columns: ['treatment_ids', 'results'] },
  {
    question: 'every candidate with score and probability',
    columns: ['decision_id', 'treatment_ids', 'scores', 'probabilities'],
  },
];

/** Writes the same decisions as a row with lists and as a row a candidate, and adds up the columns that questions read. */
export async function measureLayouts(): Promise<readonly LayoutBytes[]> {
  const folder = mkdtempSync(join(tmpdir(), 'lemniscate-layouts-'));
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  try {
    const plan = planOf(conditionsOf(size.treatments, 4));
    const states = customerStates(60);
    const request = {
      ...DecisionRequest.parse({ customer: 'user_id:u', placements: [placementId], context }),
      touchpoint: 'web' as const,
    };
    const rows = Array.from({ length: size.decisions }, (_, index) => {
      const state = states[index % states.length];
      return state === undefined ? [] : decisionToRows(decide(request, factsFor(plan, state, index)));
    }).flat();
    const json = join(folder, 'decisions.json');
    writeFileSync(json, rows.map((row) => JSON.stringify(row)).join('\n'));
    const [lists, single] = ['lists', 'rows'].map((name) => join(folder, `${name}.parquet`));
    const listColumns = Object.entries(rows[0] ?? {}).flatMap(([name, value]) =>
      Array.isArray(value) && value.length === size.treatments ? [name] : [],
    );
    await connection.run(`CREATE TABLE made AS SELECT * FROM read_json('${json}')`);
    await connection.run(`COPY made TO '${lists}' (FORMAT parquet, COMPRESSION snappy)`);
    const unnested = listColumns.map((name) => `unnest(${name}) AS ${name}`).join(', ');
    await connection.run(
      `COPY (SELECT * EXCLUDE (${listColumns.join(', ')}), ${unnested} FROM made) TO '${single}' (FORMAT parquet, COMPRESSION snappy)`,
    );
    const bytesIn = async (file: string | undefined, columns: readonly string[]) => {
      const names = columns.map((name) => `'${name}'`).join(', ');
      const read = await connection.runAndReadAll(
        `SELECT sum(total_compressed_size)::DOUBLE FROM parquet_metadata('${file}') WHERE split_part(path_in_schema, ',', 1) IN (${names})`,
      );
      return Number(read.getRows()[0]?.[0] ?? Number.NaN);
    };
    const all = [...new Set([...perDecision, ...listColumns])];
    return await Promise.all(
      [...questions, { question: 'all of it', columns: all }].map(async ({ question, columns }) => ({
        question,
        lists: await bytesIn(lists, columns),
        rows: await bytesIn(single, columns),
      })),
    );
  } finally {
    connection.closeSync();
    rmSync(folder, { recursive: true, force: true });
  }
}
