import { QueryError } from './query-error.ts';
import { isInteger, isNull, isTime, type SiteRule } from './site-rule.ts';

function mismatch(name: string, types: readonly string[]): QueryError {
  return new QueryError('FUNCTION_NOT_FOUND', `Unexpected parameters (${types.join(', ')}) for function ${name}`);
}

/** The unit's template: a date has no unit shorter than a day. */
const unitFor = (type: string) => (type === 'DATE' ? 't__date_unit(arg0)' : 'arg0');

/** Functions of times whose result has the type of an operand. */
export const timeFunctions: Readonly<Record<string, SiteRule>> = {
  date_trunc(unit = '', type = '') {
    if (isNull(type)) return 'NULL';
    if (!isTime(type)) throw mismatch('date_trunc', [unit, type]);
    return type === 'DATE' ? `CAST(date_trunc(${unitFor(type)}, arg1) AS DATE)` : 'date_trunc(arg0, arg1)';
  },
  date_add(unit = '', amount = '', type = '') {
    if (isNull(type) || isNull(amount)) return 'NULL';
    if (!isTime(type) || !isInteger(amount)) throw mismatch('date_add', [unit, amount, type]);
    const sum = `arg2 + t__units(${unitFor(type)}, arg1)`;
    return type === 'DATE' ? `CAST(${sum} AS DATE)` : sum;
  },
  date_diff(unit = '', from = '', to = '') {
    if (isNull(from) || isNull(to)) return 'NULL';
    if (!isTime(from) || !isTime(to)) throw mismatch('date_diff', [unit, from, to]);
    const checked = from === 'DATE' && to === 'DATE' ? unitFor('DATE') : 'arg0';
    return `date_sub(${checked}, CAST(arg1 AS TIMESTAMP), CAST(arg2 AS TIMESTAMP))`;
  },
  to_iso8601(type = '') {
    if (type === 'DATE') return 'CAST(arg0 AS VARCHAR)';
    if (type === 'TIMESTAMP') return "strftime(arg0, '%Y-%m-%dT%H:%M:%S.%g')";
    if (type === 'TIMESTAMP WITH TIME ZONE') return "strftime(timezone('UTC', arg0), '%Y-%m-%dT%H:%M:%S.%gZ')";
    throw mismatch('to_iso8601', [type]);
  },
  sequence(from = '', to = '', step) {
    const operands = step === undefined ? 'arg0, arg1' : 'arg0, arg1, arg2';
    if (isInteger(from) && isInteger(to)) {
      const list = step === undefined ? `t__numbers(${operands})` : `generate_series(${operands})`;
      return [from, to].includes('BIGINT') ? list : `CAST(${list} AS INTEGER[])`;
    }
    if (isTime(from) && isTime(to) && (step === undefined || step === 'INTERVAL')) {
      const times = `t__times(arg0, arg1, ${step === undefined ? "INTERVAL '1' DAY" : 'arg2'})`;
      return from === 'DATE' ? `CAST(${times} AS DATE[])` : times;
    }
    throw mismatch('sequence', step === undefined ? [from, to] : [from, to, step]);
  },
};
