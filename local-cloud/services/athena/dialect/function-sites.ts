import { modulus } from './arithmetic-rules.ts';
import { alike, concatenate, containsItem } from './comparison-rules.ts';
import { formatted } from './format-values.ts';
import { QueryError } from './query-error.ts';
import { decimalOf, isFloating, isInteger, isNull, isText, type SiteRule } from './site-rule.ts';
import { textFunctions } from './text-functions.ts';
import { timeFunctions } from './time-functions.ts';

const cut = (type: string) => {
  const { precision, scale } = decimalOf(type) ?? { precision: 38, scale: 0 };
  return `DECIMAL(${Math.min(38, precision - scale + Math.min(1, scale))},0)`;
};

/** A rounding function: whole numbers stay, decimals lose their scale, doubles round half away from zero. */
const rounding =
  (duck: string): SiteRule =>
  (type = '', ...more) => {
    if (isNull(type)) return 'NULL';
    const places = more.length > 0;
    if (isInteger(type)) {
      const own = type === 'INTEGER_LITERAL' ? 'INTEGER' : type;
      return places
        ? `CASE WHEN arg1 >= 0 THEN arg0 ELSE CAST(${duck}(CAST(arg0 AS DOUBLE), CAST(arg1 AS INTEGER)) AS ${own}) END`
        : 'arg0';
    }
    if (isFloating(type)) return places ? `${duck}(arg0, CAST(arg1 AS INTEGER))` : `${duck}(arg0)`;
    const decimal = decimalOf(type);
    if (decimal === undefined) throw new QueryError('TYPE_MISMATCH', `Cannot apply ${duck} to ${type} (local Athena)`);
    if (!places && duck === 'trunc')
      return `CAST(trunc(arg0) AS DECIMAL(${Math.max(1, decimal.precision - decimal.scale)},0))`;
    if (!places) return `CAST(${duck}(arg0) AS ${cut(type)})`;
    return `CAST(${duck}(arg0, arg1) AS DECIMAL(${Math.min(38, decimal.precision + 1)},${decimal.scale}))`;
  };

/** A function of bytes; Trino converts no text to bytes. */
function bytes(name: string, template: string): SiteRule {
  return (type = '') => {
    if (type !== 'BLOB' && !isNull(type)) {
      throw new QueryError(
        'FUNCTION_NOT_FOUND',
        `Unexpected parameters (${type}) for function ${name}. Expected: ${name}(varbinary)`,
      );
    }
    return template;
  };
}

function textOrBytes(type = '', ...more: readonly string[]): string {
  const operands = ['arg0', 'arg1', 'arg2'].slice(0, 1 + more.length).join(', ');
  if (type === 'BLOB') return `t__bytes_from(${operands})`;
  if (isText(type) || isNull(type)) return `t__text_from(${operands})`;
  throw new QueryError('FUNCTION_NOT_FOUND', `Unexpected parameters (${type}) for function substr`);
}

/** A macro of two operands over any number of them. */
const nested = (macro: string) => (operands: string) =>
  operands.split(', ').reduce((left, right) => `${macro}(${left}, ${right})`);

/** Functions whose meaning depends on the types of their operands. */
export const functionSites: Readonly<Record<string, SiteRule>> = {
  round: rounding('round'),
  floor: rounding('floor'),
  ceil: rounding('ceil'),
  ceiling: rounding('ceil'),
  truncate: rounding('trunc'),
  abs: () => 'abs(arg0)',
  sign: (type = '') =>
    isFloating(type)
      ? 'CAST(sign(arg0) AS DOUBLE)'
      : isInteger(type)
        ? `CAST(sign(arg0) AS ${type === 'INTEGER_LITERAL' ? 'INTEGER' : type})`
        : 'CAST(sign(arg0) AS DECIMAL(1,0))',
  mod: modulus,
  contains: containsItem,
  greatest: alike('greatest', nested('t__greatest')),
  least: alike('least', nested('t__least')),
  concat: concatenate,
  format: formatted,
  ...textFunctions,
  ...timeFunctions,
  bitwise_right_shift: (type = '') => {
    if (type !== 'BIGINT')
      throw new QueryError('NOT_SUPPORTED', `bitwise_right_shift of ${type}: cast to bigint (local Athena)`);
    return 't__shift_right(arg0, CAST(arg1 AS BIGINT))';
  },
  length: (type = '') => (type === 'BLOB' ? 'octet_length(arg0)' : 'length(arg0)'),
  substr: textOrBytes,
  substring: textOrBytes,
  reverse: (type = '') => (type.endsWith(']') ? 'list_reverse(arg0)' : 'reverse(arg0)'),
  to_hex: bytes('to_hex', 'hex(arg0)'),
  sha256: bytes('sha256', 'unhex(sha256(arg0))'),
  sha1: bytes('sha1', 'unhex(sha1(arg0))'),
  md5: bytes('md5', 'unhex(md5(arg0))'),
  concat_ws: (...types) => {
    if (!types.every((type) => isText(type) || isNull(type)))
      throw new QueryError('NOT_SUPPORTED', 'concat_ws of arrays (local Athena)');
    return `concat_ws(${types.map((_, index) => `arg${index}`).join(', ')})`;
  },
  cardinality: (type = '') => `CAST(${type.startsWith('MAP(') ? 'cardinality' : 'len'}(arg0) AS BIGINT)`,
  element_at: (type = '', index = '') => {
    if (type.startsWith('MAP(')) return 'arg0[arg1]';
    if (!isInteger(index) && !isNull(index))
      throw new QueryError('FUNCTION_NOT_FOUND', `Unexpected parameters (${type}, ${index}) for function element_at`);
    return "arg0[CASE WHEN arg1 = 0 THEN CAST('INVALID_FUNCTION_ARGUMENT: SQL array indices start at 1' AS INTEGER) ELSE arg1 END]";
  },
};

/** `x[i]`: beyond an array's end or without the key it is an error. */
export const subscript: SiteRule = (type = '') =>
  type.startsWith('MAP(') ? 't__map_item(arg0, arg1)' : 't__list_item(arg0, arg1)';
