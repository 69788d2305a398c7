import { QueryError } from './query-error.ts';

/** Gives the DuckDB expression (with `arg0`, `arg1` …) that has Trino's meaning for operands of these DuckDB types. */
export type SiteRule = (...types: readonly string[]) => string;

const integers = new Map([
  ['TINYINT', 3],
  ['SMALLINT', 5],
  ['INTEGER', 10],
  ['INTEGER_LITERAL', 10],
  ['BIGINT', 19],
  ['HUGEINT', 19],
]);

export const isInteger = (type: string): boolean => integers.has(type);
export const isFloating = (type: string): boolean => type === 'DOUBLE' || type === 'FLOAT';
export const isTime = (type: string): boolean => type === 'DATE' || type.startsWith('TIMESTAMP');
export const isText = (type: string): boolean => type === 'VARCHAR' || type === 'STRING_LITERAL';
export const isNull = (type: string): boolean => type === '"NULL"' || type === 'NULL';

/** Precision and scale of a decimal, or of an integer where a decimal is needed. */
export function decimalOf(type: string): { readonly precision: number; readonly scale: number } | undefined {
  const [, precision, scale] = /^DECIMAL\((\d+),(\d+)\)$/.exec(type) ?? [];
  if (precision !== undefined) return { precision: Number(precision), scale: Number(scale) };
  const whole = integers.get(type);
  return whole === undefined ? undefined : { precision: whole, scale: 0 };
}

/** The error of an operator between types that Trino does not join. */
export const refused = (what: string, ...types: readonly string[]) =>
  new QueryError('TYPE_MISMATCH', `Cannot apply ${what} to ${types.join(', ')} (local Athena)`);
