import { QueryError } from './query-error.ts';

const step = /\.([A-Za-z_][\w-]*)|\["((?:[^"\\]|\\.)*)"\]|\['((?:[^'\\]|\\.)*)'\]|\[(\d+)\]/gy;

/** A JSON path of Trino's json_extract in the form that DuckDB reads alike: every key quoted. */
export function jsonPath(path: string): string {
  if (!path.startsWith('$')) throw new QueryError('INVALID_FUNCTION_ARGUMENT', `Invalid JSON path: '${path}'`);
  let end = 1;
  let made = '$';
  for (const match of path.slice(1).matchAll(step)) {
    const [whole, name, double, single, index] = match;
    const key = name ?? double ?? single;
    if (key?.includes('"')) break;
    made += index === undefined ? `."${key ?? ''}"` : `[${index}]`;
    end += whole.length;
  }
  if (end !== path.length) {
    throw new QueryError(
      'NOT_SUPPORTED',
      `JSON path '${path}' is not among those checked against Trino (local Athena)`,
    );
  }
  return made;
}
