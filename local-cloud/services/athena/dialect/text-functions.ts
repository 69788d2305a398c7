import { macroPrefix } from './macro-prefix.ts';
import { QueryError } from './query-error.ts';
import { isNull, isText, type SiteRule } from './site-rule.ts';

/** Functions of texts, with the places of their operands that must be texts; DuckDB would convert numbers in silence. */
const textOperands: Readonly<Record<string, readonly number[]>> = {
  lower: [0],
  upper: [0],
  trim: [0],
  ltrim: [0],
  rtrim: [0],
  lpad: [0, 2],
  rpad: [0, 2],
  strpos: [0, 1],
  starts_with: [0, 1],
  split: [0, 1],
  split_part: [0, 1],
  translate: [0, 1, 2],
  replace: [0, 1, 2],
  regexp_like: [0, 1],
  regexp_extract: [0, 1],
  regexp_extract_all: [0, 1],
  regexp_split: [0, 1],
  regexp_count: [0, 1],
  to_utf8: [0],
  from_hex: [0],
  from_base64: [0],
  json_parse: [0],
  from_iso8601_timestamp: [0],
  from_iso8601_date: [0],
};

/** The rule of each: refuses other types, else leaves the call to its macro. */
export const textFunctions: Readonly<Record<string, SiteRule>> = Object.fromEntries(
  Object.entries(textOperands).map(([name, places]): [string, SiteRule] => [
    name,
    (...types) => {
      for (const place of places) {
        const type = types[place] ?? 'VARCHAR';
        if (!isText(type) && !isNull(type)) {
          throw new QueryError(
            'FUNCTION_NOT_FOUND',
            `Unexpected parameters (${types.join(', ')}) for function ${name}`,
          );
        }
      }
      return `${macroPrefix}${name}(${types.map((_, index) => `arg${index}`).join(', ')})`;
    },
  ]),
);
