import { conditionSite, withConditions } from './condition-checks.ts';
import type { KindRewrite, RewriteContext } from './kind-rewrite.ts';
import { kindRewrites, resultRewrites } from './kind-rewrites.ts';
import { QueryError } from './query-error.ts';
import { markName } from './site-marks.ts';
import type { SiteRule } from './site-rule.ts';
import { type Branch, callOf, child, contentOf, isBranch, isList, kindOf, type Tree } from './sql-tree.ts';
import { knownKinds, structuralKeys } from './syntax-kinds.ts';
import { utcTime } from './zoned-time.ts';

/** A table or view that a query names, and the relation that stands for it in DuckDB. */
export interface TableReference {
  readonly database: string;
  readonly name: string;
  readonly relation: string;
}

export interface Rewritten {
  /** The tree with a mark in place of each expression whose meaning depends on types. */
  readonly tree: Tree;
  /** Rules of the marked places, by their number. */
  readonly sites: readonly SiteRule[];
  readonly tables: readonly TableReference[];
}

interface Scope {
  readonly id: number;
  readonly commonTables: ReadonlySet<string>;
  /** Whether the node is the function of a window: then its result is converted outside the window. */
  readonly underWindow: boolean;
}

const scopeKinds: ReadonlySet<string> = new Set(['select', 'union', 'intersect', 'except']);

/** Rewrites a parsed Trino query so that DuckDB gives it Trino's meaning; what was not checked is refused by name. */
export function rewrite(statement: Tree, context: RewriteContext): Rewritten {
  const sites: SiteRule[] = [];
  const siteIds = new Map<string, number>();
  const tables = new Map<string, TableReference>();
  let scopes = 0;

  const each = (node: Tree, scope: Scope): Tree => {
    if (isList(node)) return node.map((item) => each(item, scope));
    if (!isBranch(node)) return node;
    const found = kindOf(node);
    if (found === undefined || structuralKeys.has(found[0])) return children(node, scope);
    const [kind, content] = found;
    if (!knownKinds.has(kind)) throw unchecked(kind);
    if (kind === 'table') return table(content, scope);
    return expression(kind, content, scopeKinds.has(kind) ? inner(content, scope) : scope);
  };

  const children = (node: Branch, scope: Scope, windowed = false): Branch =>
    Object.fromEntries(
      Object.entries(node).map(([key, value]) => [
        key,
        each(value, { ...scope, underWindow: windowed && key === 'this' }),
      ]),
    );

  const expression = (kind: string, content: Tree, scope: Scope): Tree => {
    const isWindow = kind === 'window_function';
    const parts = isBranch(content) ? children(content, scope, isWindow) : each(content, scope);
    const plain = withConditions(kind, content, parts, (condition) => apply(conditionSite(condition), scope));
    const made = apply(kindRewrites[kind]?.(plain, context) ?? { tree: { [kind]: plain } }, scope);
    const called = isWindow ? kindOf(child(content, 'this'))?.[0] : kind;
    const result = called === undefined || scope.underWindow ? undefined : resultRewrites[called];
    return result === undefined ? made : apply(result(made), scope);
  };

  /** Equal operands in one scope are one site, so that GROUP BY and SELECT keep saying the same. */
  const apply = (made: KindRewrite, scope: Scope): Tree => {
    if ('tree' in made) return made.tree;
    const key = JSON.stringify([scope.id, made.rule.name, made.id, made.operands], (name, value) =>
      name === 'span' ? undefined : value,
    );
    const id = siteIds.get(key) ?? sites.push(made.rule) - 1;
    siteIds.set(key, id);
    const mark = callOf(markName(id), made.operands);
    return made.around === undefined ? mark : made.around(mark);
  };

  const inner = (content: Tree, outer: Scope): Scope => {
    scopes += 1;
    const ctes = child(child(content, 'with'), 'ctes');
    const names = (isList(ctes) ? ctes : []).map((cte) => String(child(child(cte, 'alias'), 'name')).toLowerCase());
    return { id: scopes, commonTables: new Set([...outer.commonTables, ...names]), underWindow: false };
  };

  const table = (content: Tree, scope: Scope): Tree => {
    const original = child(content, 'name');
    if (!isBranch(content) || !isBranch(original)) throw unchecked('table');
    const name = String(child(original, 'name')).toLowerCase();
    const schema = child(child(content, 'schema'), 'name');
    if (schema === null && scope.commonTables.has(name)) return { table: content };
    const database = typeof schema === 'string' ? schema.toLowerCase() : context.database;
    const relation = `${database}.${name}`;
    tables.set(relation, { database, name, relation });
    const identifier = { ...original, name: relation, quoted: true };
    const alias = child(content, 'alias') ?? original;
    return { table: { ...content, name: identifier, schema: null, catalog: null, alias } };
  };

  const tree = finished(each(statement, { id: 0, commonTables: new Set(), underWindow: false }));
  return { tree, sites, tables: [...tables.values()] };
}

/**
 * A zoned time that no function reads is an instant when its zone is UTC; DuckDB has no like for another. Every name is quoted,
 * because DuckDB keeps words for itself that Trino leaves free.
 */
function finished(node: Tree): Tree {
  if (isList(node)) return node.map(finished);
  if (!isBranch(node)) return node;
  if (typeof node.name === 'string' && typeof node.quoted === 'boolean') return { ...node, quoted: true };
  if (child(contentOf(node, 'function'), 'name') === 't__zoned') {
    const instant = utcTime(node);
    if (instant === undefined)
      throw unchecked('AT TIME ZONE, other than UTC or under a function that reads its parts,');
    return finished(instant);
  }
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, finished(value)]));
}

const unchecked = (kind: string) =>
  new QueryError('NOT_SUPPORTED', `The construct "${kind}" is not among those checked against Trino (local Athena)`);
