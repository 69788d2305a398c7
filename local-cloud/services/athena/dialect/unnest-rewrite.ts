import { QueryError } from './query-error.ts';
import { child, contentOf, fragment, isBranch, isList, type Tree } from './sql-tree.ts';

/**
 * `UNNEST(…) AS t (a, b …)` of a map, which gives keys and values, or of several arrays, which go in step: a row of what each has at a
 * place. DuckDB takes one array there, but does both in a SELECT. Undefined for the rest, which it understands alike.
 */
export function unnestRewrite(alias: Tree): Tree | undefined {
  const unnest = contentOf(child(alias, 'this'), 'unnest');
  const columns = listOf(child(alias, 'column_aliases'));
  if (unnest === undefined || !isBranch(alias)) return undefined;
  const arrays = [child(unnest, 'this'), ...listOf(child(unnest, 'expressions'))];
  const isNumbered = child(unnest, 'with_ordinality') === true;
  const width = columns.length - (isNumbered ? 1 : 0);
  if (arrays.length === 1 && width === 2) return lateral(alias, mapParts, isNumbered, arrays);
  if (arrays.length === 1) return undefined;
  if (columns.length > 0 && width !== arrays.length) {
    throw new QueryError('NOT_SUPPORTED', 'UNNEST of a map beside another array: unnest them apart (local Athena)');
  }
  return lateral(
    alias,
    arrays.map((_, index) => `arg${index}`),
    isNumbered,
    arrays,
  );
}

const mapParts = ['map_keys(arg0)', 'map_values(arg0)'];

function lateral(
  alias: { readonly [key: string]: Tree },
  lists: readonly string[],
  isNumbered: boolean,
  operands: readonly Tree[],
): Tree {
  // The longest gives the number of rows.
  const numbers = `generate_series(1, CAST(greatest(${lists.map((list) => `len(${list})`).join(', ')}) AS BIGINT))`;
  const columns = [...lists, ...(isNumbered ? [numbers] : [])].map((list) => `unnest(${list})`);
  const query = contentOf(fragment(`(SELECT ${columns.join(', ')})`, ...operands), 'subquery');
  const { alias: name = null, column_aliases: names = [] } = alias;
  return { subquery: { ...(isBranch(query) ? query : {}), alias: name, column_aliases: names, lateral: true } };
}

const listOf = (tree: Tree): readonly Tree[] => (isList(tree) ? tree : []);
