import { type Binding, maxSites, probeName } from './binding.ts';
import { renameCalls } from './call-names.ts';
import { comparableAll } from './comparison-rules.ts';
import { refuseForeignSyntax } from './foreign-syntax.ts';
import type { RewriteContext } from './kind-rewrite.ts';
import { withoutComments } from './lexer.ts';
import { macroNames } from './macros.ts';
import { type PortabilityCheck, portabilityChecks } from './portability-checks.ts';
import { QueryError } from './query-error.ts';
import { rewrite, type TableReference } from './rewrite.ts';
import { fillTemplate, replaceMarks } from './site-marks.ts';
import { child, isBranch, isList, kindOf, parseSql, type Tree, writeSql } from './sql-tree.ts';
import { unrolledRecursion } from './unrolled-recursion.ts';

export interface Translation {
  readonly tables: readonly TableReference[];
  /**
   * The DuckDB SQL, once `bind` has told the types that the meaning of operators depends on. With what it was told for the same
   * text over the same columns nothing is asked.
   */
  sql(bind: (sql: string) => Promise<Binding>, told?: OperandTypes): Promise<BoundSql>;
}

/** The types of the operands at each site of a query. */
export type OperandTypes = ReadonlyMap<number, readonly string[]>;

export interface BoundSql {
  readonly sql: string;
  readonly types: OperandTypes;
}

/** Translates a Trino query to DuckDB. Types of operands are asked from DuckDB's own binder, one mark after another. */
export function translate(trinoSql: string, context: RewriteContext): Translation {
  const plain = withoutComments(trinoSql);
  refuseForeignSyntax(plain);
  const parsed = parseSql(renameCalls(plain, macroNames), 'trino');
  const { tree, sites, tables } = rewrite(nameColumns(unrolledRecursion(parsed)), context);
  if (sites.length > maxSites)
    throw new QueryError('QUERY_TEXT_TOO_LARGE', `More than ${maxSites} typed operators in a query`);
  const templates = new Map<number, string>();
  const marked = writeSql(tree);
  const resolved = (sql: string) =>
    replaceMarks(sql, (id, operands) => {
      const template = templates.get(id);
      return template === undefined ? `${probeName(id)}(${operands.join(', ')})` : fillTemplate(template, operands);
    });
  return {
    tables,
    async sql(bind, told) {
      const settle = (site: number, operands: readonly string[]) => {
        const rule = sites[site];
        if (rule === undefined || templates.has(site)) throw new TypeError(`Site ${site} can't be bound`);
        templates.set(site, rule(...operands));
      };
      if (told !== undefined) {
        for (const [site, operands] of told) settle(site, operands);
        return { sql: resolved(marked), types: told };
      }
      const types = new Map<number, readonly string[]>();
      for (;;) {
        const sql = resolved(marked);
        const binding = await bind(sql);
        if (binding.kind === 'bound') {
          for (const check of portabilityChecks(tree))
            await refuseIfForeign(check, (part) => bind(resolved(writeSql(part))));
          return { sql, types };
        }
        settle(binding.site, binding.types);
        types.set(binding.site, binding.types);
      }
    },
  };
}

async function refuseIfForeign(check: PortabilityCheck, bound: (tree: Tree) => Promise<Binding>): Promise<void> {
  if (check.kind === 'union') {
    const [left, right] = await Promise.all([columnTypes(bound(check.left)), columnTypes(bound(check.right))]);
    for (const [index, type] of left.entries()) comparableAll('UNION', [type, right[index] ?? type]);
    return;
  }
  const failure = await bound(check.tree).then(
    () => undefined,
    (error: unknown) => String(error),
  );
  if (failure?.includes('not found') === true) {
    throw new QueryError('COLUMN_NOT_FOUND', `Column '${check.name}' cannot be resolved`);
  }
}

async function columnTypes(bound: Promise<Binding>): Promise<readonly string[]> {
  const binding = await bound;
  return binding.kind === 'bound' ? binding.columnTypes : [];
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
