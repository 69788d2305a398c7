import { Dialect, generate, parse } from '@polyglot-sql/sdk';
import { isRecord } from '#local-cloud/cloud/record.ts';
import { QueryError } from './query-error.ts';

/** A syntax tree as plain JSON: an expression is an object with one key, its kind. */
export type Tree = string | number | boolean | null | readonly Tree[] | Branch;
export type Branch = { readonly [key: string]: Tree };

/** The expression's kind and content, when `node` is one. */
export function kindOf(node: Tree | undefined): readonly [kind: string, content: Tree] | undefined {
  if (!isBranch(node)) return undefined;
  const keys = Object.keys(node);
  const [kind] = keys;
  const content = kind === undefined ? undefined : node[kind];
  return keys.length === 1 && kind !== undefined && content !== undefined ? [kind, content] : undefined;
}

export function isBranch(node: Tree | undefined): node is Branch {
  return isRecord(node);
}

export function isList(node: Tree | undefined): node is readonly Tree[] {
  return Array.isArray(node);
}

/** The child of that name; null when there is none. */
export const child = (node: Tree | undefined, name: string): Tree => (isBranch(node) ? (node[name] ?? null) : null);

/** Content of an expression of that kind; undefined for another. */
export function contentOf(node: Tree | undefined, kind: string): Tree | undefined {
  const found = kindOf(node);
  return found?.[0] === kind ? found[1] : undefined;
}

/** Parses one statement. */
export function parseSql(sql: string, dialect: 'trino' | 'duckdb'): Tree {
  const parsed = parse(sql, dialect === 'trino' ? Dialect.Trino : Dialect.DuckDB);
  if (!parsed.success) throw new QueryError('SYNTAX_ERROR', String(parsed.error));
  const [statement, second]: readonly Tree[] = JSON.parse(JSON.stringify(parsed.ast));
  if (statement === undefined || second !== undefined)
    throw new QueryError('SYNTAX_ERROR', 'One statement was expected');
  return statement;
}

/** Writes a tree as DuckDB SQL. */
export function writeSql(tree: Tree): string {
  const written = generate([tree], Dialect.DuckDB);
  const [sql] = written.sql ?? [];
  if (!written.success || sql === undefined) throw new QueryError('NOT_SUPPORTED', String(written.error));
  return sql;
}

const fragments = new Map<string, Tree>();

/** An expression written in DuckDB SQL in which `arg0`, `arg1` … stand for the given trees. */
export function fragment(sql: string, ...operands: readonly Tree[]): Tree {
  const known = fragments.get(sql) ?? child(contentOf(parseSql(`SELECT ${sql}`, 'duckdb'), 'select'), 'expressions');
  fragments.set(sql, known);
  const [expression] = isList(known) ? known : [];
  if (expression === undefined) throw new TypeError(`No expression in: ${sql}`);
  return fill(expression, operands);
}

function fill(node: Tree, operands: readonly Tree[]): Tree {
  if (isList(node)) return node.map((item) => fill(item, operands));
  if (!isBranch(node)) return node;
  const name = child(child(contentOf(node, 'column'), 'name'), 'name');
  const index = typeof name === 'string' ? /^arg(\d+)$/.exec(name)?.[1] : undefined;
  const operand = index === undefined ? undefined : operands[Number(index)];
  if (operand !== undefined) return operand;
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, fill(value, operands)]));
}

/** A call of a plain function. */
export const callOf = (name: string, args: readonly Tree[]): Tree => ({
  function: { name, args, distinct: false, trailing_comments: [] },
});
