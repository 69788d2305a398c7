import type { QueryAnswer } from './athena-query.ts';

/** Columns as wide as their widest value, numbers on the right. */
export function answerAsTable({ columns, rows }: QueryAnswer): string {
  const shown = columns.map((column) => {
    const values = rows.map((row) => shownValue(row[column] ?? null));
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
  ].join('\n');
}

/** NULL apart from texts, and a line for each row: what a terminal would obey is shown as JSON escapes it. */
function shownValue(value: string | null): string {
  if (value === null) return 'NULL';
  if (value === '' || value === 'NULL' || value.startsWith('"')) return JSON.stringify(value);
  return value.replaceAll(/\p{Cc}/gu, (sign) => escaped(sign));
}

function escaped(sign: string): string {
  const short = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }[sign];
  return short ?? `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
