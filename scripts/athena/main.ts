import { parseArgs } from 'node:util';
import { runScript } from '../run/run-script.ts';
import { targetOf } from '../target/target.ts';
import { type QueryAnswer, runQuery } from './athena-query.ts';

/** `npm run athena -- [--stage dev] "SELECT …"`: prints what the lake answers, of the local cloud or of a deployed stage. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({ options: { stage: { type: 'string' } }, allowPositionals: true });
  const [sql, ...more] = positionals;
  if (sql === undefined || more.length > 0)
    throw new Error('Expected one query, in quotes: npm run athena -- "SELECT …"');
  const answer = await runQuery(await targetOf(values.stage), sql);
  for (const line of tableOf(answer)) console.log(line);
  const megabytes = (answer.scannedBytes / 1e6).toFixed(2);
  console.log(
    `\n${answer.rows.length} ${answer.rows.length === 1 ? 'row' : 'rows'}, ${megabytes} MB scanned, ${answer.milliseconds} ms`,
  );
}

/** Columns as wide as their widest value, numbers on the right. */
function tableOf({ columns, rows }: QueryAnswer): string[] {
  const shown = columns.map((column) => {
    const values = rows.map((row) => row[column] ?? 'NULL');
    const width = Math.max(column.length, ...values.map((value) => value.length));
    const isNumber = values.length > 0 && values.every((value) => /^(-?[\d.]+(E-?\d+)?|NULL)$/.test(value));
    const pad = (text: string) => (isNumber ? text.padStart(width) : text.padEnd(width));
    return { head: pad(column), rule: '─'.repeat(width), values: values.map(pad) };
  });
  const line = (cells: readonly string[]) => cells.join('  ').trimEnd();
  return [
    line(shown.map(({ head }) => head)),
    line(shown.map(({ rule }) => rule)),
    ...rows.map((_, index) => line(shown.map(({ values }) => values[index] ?? ''))),
  ];
}

await runScript(main);
