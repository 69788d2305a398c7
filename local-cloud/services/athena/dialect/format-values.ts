import { QueryError } from './query-error.ts';
import { decimalOf, isFloating, isInteger, isNull, isText, type SiteRule } from './site-rule.ts';

/** `format(pattern, …)`: each value as the letter of its type and its text, for `javaFormat`. */
export const formatted: SiteRule = (pattern = '', ...types) => {
  if (!isText(pattern) || types.length === 0)
    throw new QueryError('SYNTAX_ERROR', "'format' expects a text and at least one value");
  return `t__format(arg0, [${types.map((type, index) => lettered(type, `arg${index + 1}`)).join(', ')}])`;
};

function lettered(type: string, operand: string): string {
  const [letter, text] = inJava(type, operand);
  return `coalesce('${letter}' || ${text}, 'n')`;
}

/** The letter of a type, and a value's `toString` in Java. */
function inJava(type: string, operand: string): readonly [letter: string, text: string] {
  const text = `CAST(${operand} AS VARCHAR)`;
  if (isNull(type)) return ['n', text];
  if (isInteger(type)) return ['d', text];
  if (isFloating(type)) return ['f', `t__java_double(CAST(${operand} AS DOUBLE))`];
  if (decimalOf(type) !== undefined) return ['m', text];
  if (type === 'BOOLEAN') return ['b', text];
  if (isText(type) || type === 'DATE' || type === 'JSON') return ['s', text];
  if (type === 'TIMESTAMP') return ['s', `t__java_time(${operand})`];
  if (type === 'TIMESTAMP WITH TIME ZONE') return ['s', `t__java_time(CAST(${operand} AS TIMESTAMP)) || 'Z[UTC]'`];
  throw new QueryError('NOT_SUPPORTED', `format of ${type}: cast it to varchar`);
}
