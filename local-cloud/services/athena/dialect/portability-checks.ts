import { type Branch, child, contentOf, isBranch, isList, kindOf, type Tree } from './sql-tree.ts';

/**
 * What a query that binds in DuckDB must fulfil besides, to run on Athena: `alias`, a name that a result column has is also one of
 * FROM, so that `tree` binds; `union`, the columns of both sides have types that go together.
 */
export type PortabilityCheck =
  | { readonly kind: 'alias'; readonly name: string; readonly tree: Tree }
  | { readonly kind: 'union'; readonly left: Tree; readonly right: Tree };

interface Around {
  readonly ctes: readonly Tree[];
  /** Whether the query stands in an expression, where its names may be those of the query around it. */
  readonly correlated: boolean;
}

const queryKinds: ReadonlySet<string> = new Set(['select', 'union', 'intersect', 'except']);
const sourceKeys: ReadonlySet<string> = new Set(['from', 'joins', 'with', 'left', 'right']);

/**
 * Trino knows the name that SELECT gives a column in ORDER BY alone; DuckDB knows it in WHERE, GROUP BY, HAVING and the other
 * columns too. And it converts the columns of a UNION. A view with either would work here and fail on AWS.
 */
export function portabilityChecks(statement: Tree): readonly PortabilityCheck[] {
  return checksIn(statement, { ctes: [], correlated: false });
}

function checksIn(node: Tree, around: Around): readonly PortabilityCheck[] {
  if (isList(node)) return node.flatMap((item) => checksIn(item, around));
  if (!isBranch(node)) return [];
  const [kind, content] = kindOf(node) ?? [];
  if (kind !== undefined && queryKinds.has(kind) && isBranch(content)) return checksInQuery(kind, content, around);
  const correlated = around.correlated || node.lateral === true;
  return Object.values(node).flatMap((value) => checksIn(value, { ...around, correlated }));
}

function checksInQuery(
  kind: string,
  content: Branch,
  { ctes: outer, correlated }: Around,
): readonly PortabilityCheck[] {
  const own = child(child(content, 'with'), 'ctes');
  const ctes = [...outer, ...(isList(own) ? own : [])];
  const inner = Object.entries(content).flatMap(([key, value]) =>
    checksIn(value, { ctes, correlated: correlated || !sourceKeys.has(key) }),
  );
  return correlated
    ? inner
    : [...inner, ...(kind === 'select' ? aliasChecks(content, ctes) : unionChecks(content, ctes))];
}

function aliasChecks(select: Branch, ctes: readonly Tree[]): readonly PortabilityCheck[] {
  return suspectNames(select).map((name) => ({ kind: 'alias', name, tree: checkOf(select, name, ctes) }));
}

function unionChecks(content: Branch, ctes: readonly Tree[]): readonly PortabilityCheck[] {
  const [left, right] = ['left', 'right'].map((side) => withCtes(child(content, side), ctes));
  return left === undefined || right === undefined ? [] : [{ kind: 'union', left, right }];
}

/** One side of a UNION as a query of its own; undefined for a form that is none. */
function withCtes(side: Tree, ctes: readonly Tree[]): Tree | undefined {
  const [kind, content] = kindOf(side) ?? [];
  if (kind === undefined || !queryKinds.has(kind) || !isBranch(content)) return undefined;
  const own = child(child(content, 'with'), 'ctes');
  const all = [...ctes, ...(isList(own) ? own : [])];
  return {
    [kind]: { ...content, with: all.length === 0 ? null : { ctes: all, recursive: false, leading_comments: [] } },
  };
}

function checkOf(select: Branch, name: string, ctes: readonly Tree[]): Tree {
  const identifier = { name, quoted: true, trailing_comments: [] };
  const column = { column: { name: identifier, table: null, join_mark: false, trailing_comments: [] } };
  const none = { where_clause: null, group_by: null, having: null, order_by: null, limit: null, offset: null };
  const scope = ctes.length === 0 ? null : { ctes, recursive: false, leading_comments: [] };
  return {
    select: { ...select, ...none, fetch: null, windows: null, distinct: false, expressions: [column], with: scope },
  };
}

/** Names of result columns that are also used, unqualified, where Trino does not look for them. */
function suspectNames(select: Branch): readonly string[] {
  const expressions = child(select, 'expressions');
  const given = new Set<string>();
  for (const expression of isList(expressions) ? expressions : []) {
    const alias = contentOf(expression, 'alias');
    const name = child(child(alias, 'alias'), 'name');
    if (typeof name === 'string' && columnName(child(alias, 'this')) !== name.toLowerCase())
      given.add(name.toLowerCase());
  }
  const used = new Set<string>();
  for (const key of ['expressions', 'where_clause', 'group_by', 'having'])
    usedNames(child(select, key), new Set(), used);
  return [...used].filter((name) => given.has(name));
}

function usedNames(node: Tree, bound: ReadonlySet<string>, used: Set<string>): void {
  if (isList(node)) for (const item of node) usedNames(item, bound, used);
  if (!isBranch(node)) return;
  const [kind, content] = kindOf(node) ?? [];
  if (kind !== undefined && queryKinds.has(kind)) return;
  const name = columnName(node);
  if (name !== undefined && !bound.has(name)) used.add(name);
  const parameters = kind === 'lambda' ? child(content, 'parameters') : [];
  const inner = new Set([
    ...bound,
    ...(isList(parameters) ? parameters : []).map((one) => String(child(one, 'name')).toLowerCase()),
  ]);
  for (const value of Object.values(node)) usedNames(value, inner, used);
}

/** Name of an unqualified column, in lower case. */
function columnName(node: Tree): string | undefined {
  const column = contentOf(node, 'column');
  const name = child(child(column, 'name'), 'name');
  return column !== undefined && child(column, 'table') === null && typeof name === 'string'
    ? name.toLowerCase()
    : undefined;
}
