import { type Branch, child, contentOf, isBranch, isList, kindOf, type Tree } from './sql-tree.ts';

/** A name that a query uses and one of its columns is called by: `tree` binds only if the name is a column of FROM as well. */
export interface AliasCheck {
  readonly name: string;
  readonly tree: Tree;
}

interface Around {
  readonly ctes: readonly Tree[];
  /** Whether the query stands in an expression, where its names may be those of the query around it. */
  readonly correlated: boolean;
}

const queryKinds: ReadonlySet<string> = new Set(['select', 'union', 'intersect', 'except']);
const sourceKeys: ReadonlySet<string> = new Set(['from', 'joins', 'with', 'left', 'right']);

/**
 * Trino knows the name that SELECT gives a column in ORDER BY alone; DuckDB knows it in WHERE, GROUP BY, HAVING and the other
 * columns too, so that a view would work here and fail on AWS.
 */
export function aliasChecks(statement: Tree): readonly AliasCheck[] {
  const checks: AliasCheck[] = [];
  const visit = (node: Tree, around: Around): void => {
    if (isList(node)) for (const item of node) visit(item, around);
    if (!isBranch(node)) return;
    const [kind, content] = kindOf(node) ?? [];
    if (kind === undefined || !queryKinds.has(kind) || !isBranch(content)) {
      const correlated = around.correlated || node.lateral === true;
      for (const value of Object.values(node)) visit(value, { ...around, correlated });
      return;
    }
    const own = child(child(content, 'with'), 'ctes');
    const within = { ...around, ctes: [...around.ctes, ...(isList(own) ? own : [])] };
    if (kind === 'select' && !around.correlated) {
      for (const name of suspectNames(content)) checks.push({ name, tree: checkOf(content, name, within.ctes) });
    }
    for (const [key, value] of Object.entries(content)) {
      visit(value, sourceKeys.has(key) ? within : { ...within, correlated: true });
    }
  };
  visit(statement, { ctes: [], correlated: false });
  return checks;
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
