import { child, contentOf, fragment, isList, type Tree } from './sql-tree.ts';

/**
 * The wall-clock time of `t AT TIME ZONE z`, for functions that read its parts. DuckDB has no time that carries its zone, so
 * elsewhere such a time is only known when its zone is UTC.
 */
export function localTime(tree: Tree): Tree | undefined {
  const call = contentOf(tree, 'function');
  const args = child(call, 'args');
  const [time, zone] = isList(args) ? args : [];
  if (child(call, 'name') !== 't__zoned' || time === undefined || zone === undefined) return undefined;
  return fragment('timezone(arg1, CAST(arg0 AS TIMESTAMP WITH TIME ZONE))', time, zone);
}

/** The instant of a zoned time whose zone is the literal UTC; undefined for another zone. */
export function utcTime(tree: Tree): Tree | undefined {
  const args = child(contentOf(tree, 'function'), 'args');
  const [time, zone] = isList(args) ? args : [];
  if (time === undefined || child(contentOf(zone, 'literal'), 'value') !== 'UTC') return undefined;
  return fragment('CAST(arg0 AS TIMESTAMP WITH TIME ZONE)', time);
}
