import { QueryError } from './query-error.ts';
import { type Branch, child, contentOf, fragment, isBranch, isList, parseSql, type Tree } from './sql-tree.ts';

/** Athena's `max_recursion_depth`, which it lets nobody change: how often the second part of a recursive query may be added. */
const deepest = 10;

/**
 * A query with `WITH RECURSIVE` as Trino plans it: the second part over the first, over that, and so on, and an error where that is
 * not enough. DuckDB's own recursion has no such end, and what needs more of it would run here and fail on Athena.
 */
export function unrolledRecursion(node: Tree): Tree {
  if (isList(node)) return node.map(unrolledRecursion);
  if (!isBranch(node)) return node;
  const inner = Object.fromEntries(Object.entries(node).map(([key, value]) => [key, unrolledRecursion(value)]));
  const scope = child(inner, 'with');
  if (!isBranch(scope) || scope.recursive !== true || !isList(scope.ctes)) return inner;
  return { ...inner, with: { ...scope, recursive: false, ctes: scope.ctes.flatMap(unrolled) } };
}

function unrolled(cte: Tree): readonly Tree[] {
  const name = String(child(child(cte, 'alias'), 'name')).toLowerCase();
  const union = contentOf(child(cte, 'this'), 'union');
  const step = child(union, 'right');
  if (!isBranch(cte) || !isBranch(union) || !names(step, name)) return [cte];
  const columns = child(cte, 'columns');
  if (!isList(columns) || columns.length === 0)
    throw new QueryError(
      'MISSING_COLUMN_ALIASES',
      'Columns of a recursive query have to be named: WITH RECURSIVE t (a, b)',
    );
  const part = (depth: number, query: Tree): Tree => ({
    ...cte,
    alias: { ...branchOf(cte.alias), name: partName(name, depth) },
    this: query,
  });
  const parts = Array.from({ length: deepest + 1 }, (_, depth) =>
    part(depth + 1, withName(step, name, partName(name, depth))),
  );
  const all = [0, ...parts.keys().map((index) => index + 1)].map((depth) => `SELECT * FROM ${partName(name, depth)}`);
  const together = parseSql(all.join(child(union, 'all') === true ? ' UNION ALL ' : ' UNION '), 'trino');
  return [part(0, child(union, 'left')), ...parts, { ...cte, this: limited(together, columns) }];
}

const partName = (name: string, depth: number) => `${name}__${depth}`;

/** The union whose last part, which is one too many, gives an error for each row of it. */
function limited(together: Tree, [first = null]: readonly Tree[]): Tree {
  const union = branchOf(contentOf(together, 'union'));
  const last = branchOf(contentOf(child(union, 'right'), 'select'));
  const column = { column: { name: first, table: null, join_mark: false, trailing_comments: [] } };
  const where = { this: fragment('t__too_deep(arg0 IS NULL)', column) };
  return { union: { ...union, right: { select: { ...last, where_clause: where } } } };
}

function names(node: Tree, name: string): boolean {
  if (isList(node)) return node.some((item) => names(item, name));
  if (!isBranch(node)) return false;
  return isTable(node, name) || Object.values(node).some((value) => names(value, name));
}

function isTable(node: Tree, name: string): boolean {
  const table = contentOf(node, 'table');
  return child(table, 'schema') === null && String(child(child(table, 'name'), 'name')).toLowerCase() === name;
}

/** The query with another table in the place of one, which keeps its name for the columns that are qualified with it. */
function withName(node: Tree, name: string, other: string): Tree {
  if (isList(node)) return node.map((item) => withName(item, name, other));
  if (!isBranch(node)) return node;
  if (isTable(node, name)) {
    const table = branchOf(contentOf(node, 'table'));
    const identifier = branchOf(child(table, 'name'));
    return { table: { ...table, name: { ...identifier, name: other }, alias: child(table, 'alias') ?? identifier } };
  }
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, withName(value, name, other)]));
}

const branchOf = (tree: Tree | undefined): Branch => (isBranch(tree) ? tree : {});
