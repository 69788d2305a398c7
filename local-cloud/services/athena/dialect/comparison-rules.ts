import { isFloating, isInteger, isNull, isText, isTime, refused, type SiteRule } from './site-rule.ts';

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

/** A function of operands of one type, such as coalesce, or of an array's items. */
export const alike =
  (what: string, template: (operands: string) => string): SiteRule =>
  (...types) => {
    comparableAll(what, types);
    return template(types.map((_, index) => `arg${index}`).join(', '));
  };

/** The first of a CASE's results, once all are known to be of one type. */
export const firstResult: SiteRule = (...types) => {
  comparableAll('CASE', types);
  return 'arg0';
};

/** `contains(array, item)`. */
export const containsItem: SiteRule = (list = '', item = '') => {
  if (!list.endsWith('[]') && !isNull(list)) throw refused('contains', list, item);
  comparableAll('contains', [list.slice(0, -2), item]);
  return 't__contains(arg0, arg1)';
};

/** A comparison: Trino compares no text with numbers or times, where DuckDB would convert in silence. */
export const compare =
  (operator: string): SiteRule =>
  (left = '', right = '') => {
    comparableAll(operator, [left, right]);
    return `arg0 ${operator} arg1`;
  };

/** Refuses types of which one does not go with the others. */
export function comparableAll(operator: string, types: readonly string[]): void {
  const known = types.filter((type) => !isNull(type));
  const family = comparable.find((belongs) => known.some(belongs));
  if (family !== undefined && !known.every(family)) throw refused(operator, ...types);
}
