import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { command } from '#scripts/run/command.ts';
import { stageOption } from '#scripts/run/stage-option.ts';
import { targetOf } from '#scripts/target/target.ts';
import { answerAsCsv } from './answer-as-csv.ts';
import { answerAsJson } from './answer-as-json.ts';
import { answerAsTable } from './answer-as-table.ts';
import { runQuery } from './athena-query.ts';

const Values = z
  .object({
    query: z
      .string()
      .regex(/\S/, 'Expected a query in SQL')
      .optional()
      .describe('One query in SQL, in quotes: "SELECT …"'),
    file: z.string().optional().describe('Reads the query from a file'),
    csv: z.boolean().default(false).describe('Prints CSV: NULL is nothing between two commas, an empty text is ""'),
    json: z
      .boolean()
      .default(false)
      .describe('Prints one JSON array of objects, a row a line: NULL is null, numbers are numbers'),
    stage: stageOption,
  })
  .check(({ value: { query, file, csv, json }, issues }) => {
    if (query === undefined && file === undefined)
      issues.push({ code: 'custom', input: query, path: ['query'], message: 'Expected a query' });
    if (query !== undefined && file !== undefined)
      issues.push({
        code: 'custom',
        input: file,
        path: ['file'],
        message: 'Expected the query here or in QUERY, not both',
      });
    if (csv && json)
      issues.push({ code: 'custom', input: json, path: [], message: '--csv and --json are two forms: take one.' });
  });

export const athena = command({
  name: 'athena',
  summary: 'Asks the lake in SQL, and prints what it answers as a table',
  notes: 'In the table NULL is NULL, and a text that could be taken for it stands in quotes, as the empty one does.',
  values: Values,
  positionals: ['query'],
  main: ask,
});

async function ask({ query = '', file, csv, json, stage }: z.output<typeof Values>): Promise<void> {
  const sql = file === undefined ? query : readFileSync(file, 'utf8');
  const answer = await runQuery(await targetOf(stage), sql);
  const rows = `${answer.rows.length} ${answer.rows.length === 1 ? 'row' : 'rows'}`;
  const summary = `${rows}, ${(answer.scannedBytes / 1e6).toFixed(2)} MB scanned, ${answer.milliseconds} ms`;
  if (!csv && !json) return console.log(`${answerAsTable(answer)}\n\n${summary}`);
  process.stdout.write(csv ? answerAsCsv(answer) : answerAsJson(answer));
  // Beside what a program reads, not in it.
  console.error(summary);
}
