import { renameCalls } from './call-names.ts';
import { macroNames } from './duck-session.ts';
import { QueryError } from './query-error.ts';
import { type RewriteContext, replaceSites, rewrite, type TableReference } from './rewrite.ts';
import { callOf, child, fragment, isBranch, isList, kindOf, parseSql, type Tree, writeSql } from './sql-tree.ts';

export interface Translation {
  readonly tables: readonly TableReference[];
  /** The DuckDB SQL, once `bind` has told the types that the meaning of operators depends on. */
  sql(bind: (sql: string) => Promise<Binding>): Promise<string>;
}

/** What binding a query tells: that it is well typed, or the operand types of the first mark it met. */
export type Binding =
  | { readonly kind: 'bound' }
  | { readonly kind: 'types'; readonly site: number; readonly types: readonly string[] };

/** The function whose refusal by DuckDB's binder tells the operand types of site `id`. */
export const probeName = (id: number) => `t__probe_${id}`;
/** Sites a query may have: that many probe functions exist. */
export const maxSites = 200;

/** Translates a Trino query to DuckDB. Types of operands are asked from DuckDB's own binder, one mark after another. */
export function translate(trinoSql: string, context: RewriteContext): Translation {
  const parsed = parseSql(renameCalls(trinoSql, macroNames), 'trino');
  const { tree, sites, tables } = rewrite(nameColumns(parsed), context);
  if (sites.length > maxSites)
    throw new QueryError('QUERY_TEXT_TOO_LARGE', `More than ${maxSites} typed operators in a query`);
  return {
    tables,
    async sql(bind) {
      const templates = new Map<number, string>();
      for (;;) {
        const sql = writeSql(
          replaceSites(tree, (id, operands) => {
            const template = templates.get(id);
            return template === undefined ? callOf(probeName(id), operands) : fragment(template, ...operands);
          }),
        );
        const binding = await bind(sql);
        if (binding.kind === 'bound') return sql;
        const rule = sites[binding.site];
        if (rule === undefined || templates.has(binding.site))
          throw new TypeError(`Site ${binding.site} can't be bound`);
        templates.set(binding.site, `(${rule(...binding.types)})`);
      }
    },
  };
}

/** Prefix of the alias of a result column without a name, which Athena calls `_col` and its place. */
export const unnamed = '_col?';

function nameColumns(statement: Tree): Tree {
  const [kind, content] = kindOf(statement) ?? [];
  if (kind === undefined || !isBranch(content)) return statement;
  if (kind === 'union' || kind === 'intersect' || kind === 'except')
    return { [kind]: { ...content, left: nameColumns(child(content, 'left')) } };
  if (kind !== 'select') return statement;
  const expressions = child(content, 'expressions');
  return { select: { ...content, expressions: (isList(expressions) ? expressions : []).map(named) } };
}

function named(expression: Tree, index: number): Tree {
  const kind = kindOf(expression)?.[0];
  if (kind === 'column' || kind === 'alias' || kind === 'star') return expression;
  return { alias: { this: expression, alias: { name: `${unnamed}${index}`, quoted: true }, column_aliases: [] } };
}
