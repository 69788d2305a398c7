import type { QueryAnswer } from './athena-query.ts';

/** CSV of RFC 4180 with a head: NULL is nothing at all, an empty text is `""`, as Athena's own files have it. */
export function answerAsCsv({ columns, rows }: QueryAnswer): string {
  const lines = [columns.map(quoted), ...rows.map((row) => columns.map((column) => field(row[column] ?? null)))];
  return lines.map((cells) => `${cells.join(',')}\r\n`).join('');
}

const field = (value: string | null) => (value === null ? '' : quoted(value));

function quoted(value: string): string {
  return value === '' || /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
