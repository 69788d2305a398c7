import type { QueryAnswer } from './athena-query.ts';

/** One JSON array with an object a row, each on a line of its own. */
export function answerAsJson({ columns, types, rows }: QueryAnswer): string {
  const lines = rows.map((row) => {
    const fields = columns.map(
      (column, index) => `${JSON.stringify(column)}:${jsonOf(row[column] ?? null, types[index])}`,
    );
    return `{${fields.join(',')}}`;
  });
  return lines.length === 0 ? '[]\n' : `[\n${lines.join(',\n')}\n]\n`;
}

/** A value by its column's type. Digits stay as they are: a bigint has more of them than JavaScript's numbers. */
function jsonOf(value: string | null, type = ''): string {
  if (value === null) return 'null';
  if (/^(tinyint|smallint|integer|int|bigint|real|float|double|decimal)/.test(type) && isJsonNumber(value))
    return value;
  if (type === 'boolean' && /^(true|false)$/.test(value)) return value;
  return JSON.stringify(value);
}

/** NaN and Infinity are none. */
const isJsonNumber = (text: string) => /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/.test(text);
