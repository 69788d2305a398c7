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

export const isInteger = (type: string) => integers.has(type);
export const isFloating = (type: string) => type === 'DOUBLE' || type === 'FLOAT';
const isTime = (type: string) => type === 'DATE' || type.startsWith('TIMESTAMP');
export const isText = (type: string): boolean => type === 'VARCHAR' || type === 'STRING_LITERAL';
export const isNull = (type: string) => type === '"NULL"' || type === 'NULL';

/** Precision and scale of a decimal, or of an integer where a decimal is needed. */
export function decimalOf(type: string): { readonly precision: number; readonly scale: number } | undefined {
  const [, precision, scale] = /^DECIMAL\((\d+),(\d+)\)$/.exec(type) ?? [];
  if (precision !== undefined) return { precision: Number(precision), scale: Number(scale) };
  const whole = integers.get(type);
  return whole === undefined ? undefined : { precision: whole, scale: 0 };
}

const refused = (what: string, ...types: readonly string[]) =>
  new QueryError('TYPE_MISMATCH', `Cannot apply ${what} to ${types.join(', ')} (local Athena)`);

const powerOfTen = (digits: number) => `CAST(1${'0'.repeat(digits)} AS HUGEINT)`;
/** A decimal operand as an integer count of 10^-scale. */
const unscaled = (operand: string, scale: number) =>
  scale === 0
    ? `CAST(${operand} AS HUGEINT)`
    : `CAST(${operand} * CAST(1${'0'.repeat(scale)} AS DECIMAL(${scale + 1},0)) AS HUGEINT)`;
const scaledBack = (count: string, precision: number, scale: number) =>
  scale === 0
    ? `CAST(${count} AS DECIMAL(${precision},0))`
    : `CAST(CAST(${count} AS DECIMAL(${38 - scale},0)) * CAST('0.${'0'.repeat(scale - 1)}1' AS DECIMAL(${scale},${scale})) AS DECIMAL(${precision},${scale}))`;

/** `/`: whole numbers divide to whole numbers, decimals keep the larger scale and round half up, doubles as IEEE 754. */
export const divide: SiteRule = (left = '', right = '') => {
  if (isNull(left) || isNull(right)) return 'NULL';
  if (isInteger(left) && isInteger(right)) return 'divide(arg0, t__nonzero(arg1))';
  const [a, b] = [decimalOf(left), decimalOf(right)];
  if (a !== undefined && b !== undefined) {
    const scale = Math.max(a.scale, b.scale);
    const precision = Math.min(38, a.precision + b.scale + Math.max(0, b.scale - a.scale));
    const shift = scale + b.scale - a.scale;
    const count = `t__divide_half_up(${unscaled('arg0', a.scale)} * ${powerOfTen(shift)}, ${unscaled('arg1', b.scale)})`;
    return scaledBack(count, precision, scale);
  }
  if ((isFloating(left) || a !== undefined) && (isFloating(right) || b !== undefined)) {
    return 'CAST(arg0 AS DOUBLE) / CAST(arg1 AS DOUBLE)';
  }
  throw refused('/', left, right);
};

/** `%`: the sign of the dividend, an error for a whole zero. */
export const modulus: SiteRule = (left = '', right = '') => {
  if (isNull(left) || isNull(right)) return 'NULL';
  if (isInteger(left) && isInteger(right)) return 'arg0 % t__nonzero(arg1)';
  const [a, b] = [decimalOf(left), decimalOf(right)];
  if (a !== undefined && b !== undefined) {
    const scale = Math.max(a.scale, b.scale);
    const precision = Math.min(a.precision - a.scale, b.precision - b.scale) + scale;
    const count = `${unscaled('arg0', a.scale)} * ${powerOfTen(scale - a.scale)} % t__nonzero(${unscaled('arg1', b.scale)} * ${powerOfTen(scale - b.scale)})`;
    return scaledBack(count, precision, scale);
  }
  if ((isFloating(left) || a !== undefined) && (isFloating(right) || b !== undefined)) {
    return 'CAST(arg0 AS DOUBLE) % CAST(arg1 AS DOUBLE)';
  }
  throw refused('%', left, right);
};

/** `-`: a difference of two times is an interval in Trino and a count of days in DuckDB. */
export const subtract: SiteRule = (left = '', right = '') => {
  if (right === 'INTERVAL') return plusInterval('-', left);
  if (isTime(left) || isTime(right)) throw refused('- (use date_diff)', left, right);
  return 'arg0 - arg1';
};

/** `+`: adding an interval to a date stays a date. */
export const add: SiteRule = (left = '', right = '') => {
  if (right === 'INTERVAL') return plusInterval('+', left);
  if (left === 'INTERVAL') return plusInterval('+', right).replace('arg0 + arg1', 'arg1 + arg0');
  return 'arg0 + arg1';
};

function plusInterval(sign: '+' | '-', type: string): string {
  if (type === 'DATE') return `t__whole_day(arg0 ${sign} arg1)`;
  if (type === 'INTERVAL' || type.startsWith('TIMESTAMP')) return `arg0 ${sign} arg1`;
  throw refused(`${sign} INTERVAL`, type);
}

/** A sum of whole numbers is a bigint. */
export const sumResult: SiteRule = (type = '') => (type === 'HUGEINT' ? 'CAST(arg0 AS BIGINT)' : 'arg0');

/** Trino's average of decimals is a decimal of their scale, rounded half up. */
export const averageOperand: SiteRule = (type = '') => {
  if (type.startsWith('DECIMAL')) throw refused('avg (cast to double)', type);
  return 'arg0';
};

/** CAST(… AS varchar). */
export const castToText =
  (length?: number): SiteRule =>
  (type = '') => {
    const text = textFrom(type);
    if (length === undefined) return text;
    return isText(type) ? `left(${text}, ${length})` : `t__at_most(${text}, ${length})`;
  };

function textFrom(type: string): string {
  if (type === 'JSON') return 't__json_scalar(arg0)';
  if (isFloating(type)) return 't__double_text(CAST(arg0 AS DOUBLE))';
  if (type === 'TIMESTAMP') return "strftime(arg0, '%Y-%m-%d %H:%M:%S.%g')";
  if (type === 'TIMESTAMP WITH TIME ZONE') return "strftime(timezone('UTC', arg0), '%Y-%m-%d %H:%M:%S.%g UTC')";
  if (isInteger(type) || isNull(type) || /^(VARCHAR|STRING_LITERAL|BOOLEAN|DATE|DECIMAL\(.*\))$/.test(type)) {
    return 'CAST(arg0 AS VARCHAR)';
  }
  throw refused('CAST(… AS varchar)', type);
}

/** CAST to a whole number: text must be one, fractions round half away from zero. */
export const castToWhole =
  (target: 'TINYINT' | 'SMALLINT' | 'INTEGER' | 'BIGINT'): SiteRule =>
  (type = '') => {
    if (isText(type)) return `CAST(t__whole_text(arg0) AS ${target})`;
    if (isFloating(type)) return `CAST(round(arg0) AS ${target})`;
    if (isInteger(type) || isNull(type) || type === 'BOOLEAN' || type.startsWith('DECIMAL') || type === 'JSON')
      return `CAST(arg0 AS ${target})`;
    throw refused(`CAST(… AS ${target.toLowerCase()})`, type);
  };

/** CAST to double: text must be a number. */
export const castToNumber: SiteRule = (type = '') => {
  if (isText(type)) return 'CAST(t__number_text(arg0) AS DOUBLE)';
  if (isTime(type)) throw refused('CAST(… AS double)', type);
  return 'CAST(arg0 AS DOUBLE)';
};

/** CAST to decimal: a double counts as its shortest decimal text. */
export const castToDecimal =
  (precision: number, scale: number): SiteRule =>
  (type = '') => {
    const target = `DECIMAL(${precision},${scale})`;
    if (isFloating(type)) return `CAST(CAST(arg0 AS VARCHAR) AS ${target})`;
    if (isText(type)) return `CAST(t__number_text(arg0) AS ${target})`;
    if (isTime(type)) throw refused('CAST(… AS decimal)', type);
    return `CAST(arg0 AS ${target})`;
  };

/** CAST to boolean, date or timestamp: text must have the form that Trino reads. */
export const castToBoolean: SiteRule = (type = '') =>
  isText(type) ? 'CAST(t__truth_text(arg0) AS BOOLEAN)' : 'CAST(arg0 AS BOOLEAN)';
export const castToDate: SiteRule = (type = '') =>
  isText(type) ? 'CAST(t__date_text(arg0) AS DATE)' : 'CAST(arg0 AS DATE)';
export const castToTimestamp: SiteRule = (type = '') =>
  isText(type) ? 't__millis(CAST(t__time_text(arg0) AS TIMESTAMP))' : 'CAST(arg0 AS TIMESTAMP)';

/** `||` and concat: texts, bytes, or arrays and their items. */
export const concatenate: SiteRule = (...types) => {
  const known = types.filter((type) => !isNull(type));
  const alike =
    known.every(isText) || known.every((type) => type === 'BLOB') || known.some((type) => type.endsWith(']'));
  if (!alike) throw refused('||', ...types);
  return types.map((_, index) => `arg${index}`).join(' || ');
};

/** `x BETWEEN a AND b` and `x IN (a, …)`, between types that compare. */
export const between: SiteRule = (...types) => {
  comparableAll('BETWEEN', types);
  return 'arg0 BETWEEN arg1 AND arg2';
};
export const within: SiteRule = (...types) => {
  comparableAll('IN', types);
  return `arg0 IN (${types
    .slice(1)
    .map((_, index) => `arg${index + 1}`)
    .join(', ')})`;
};

const comparable: readonly ((type: string) => boolean)[] = [
  (type) => isInteger(type) || isFloating(type) || type.startsWith('DECIMAL'),
  (type) => isText(type),
  isTime,
  (type) => type === 'BOOLEAN',
];

/** A comparison: Trino compares no text with numbers or times, where DuckDB would convert in silence. */
export const compare =
  (operator: string): SiteRule =>
  (left = '', right = '') => {
    comparableAll(operator, [left, right]);
    return `arg0 ${operator} arg1`;
  };

function comparableAll(operator: string, types: readonly string[]): void {
  const known = types.filter((type) => !isNull(type));
  const family = comparable.find((belongs) => known.some(belongs));
  if (family !== undefined && !known.every(family)) throw refused(operator, ...types);
}
