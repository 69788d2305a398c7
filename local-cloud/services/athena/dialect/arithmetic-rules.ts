import { decimalOf, isFloating, isInteger, isNull, isTime, refused, type SiteRule } from './site-rule.ts';

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
  if (isTime(left) || isTime(right)) throw refused('+', left, right);
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
