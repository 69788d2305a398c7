import { QueryError } from './query-error.ts';
import type { RewriteContext } from './rewrite.ts';
import {
  add,
  averageOperand,
  castToText,
  castToWhole,
  compare,
  divide,
  modulus,
  type SiteRule,
  subtract,
  sumResult,
} from './site-rules.ts';
import { type Branch, child, fragment, isBranch, isList, type Tree } from './sql-tree.ts';

/** What a kind of expression becomes: a tree, or a place whose meaning waits for the types of its operands. */
export type KindRewrite =
  | { readonly tree: Tree }
  | {
      readonly rule: SiteRule;
      /** What tells rules of one name apart. */
      readonly id: string;
      readonly operands: readonly Tree[];
      readonly around?: (site: Tree) => Tree;
    };

type Rewrite = (content: Tree, context: RewriteContext) => KindRewrite | undefined;

const binary =
  (rule: SiteRule, id: string): Rewrite =>
  (content) => ({ rule, id, operands: [child(content, 'left'), child(content, 'right')] });

const refuse =
  (what: string): Rewrite =>
  () => {
    throw new QueryError('NOT_SUPPORTED', `${what} is not among the constructs checked against Trino (local Athena)`);
  };

/** Kinds of expression that need another form in DuckDB. Their parts are rewritten already. */
export const kindRewrites: Readonly<Record<string, Rewrite>> = {
  div: binary(divide, 'div'),
  mod: binary(modulus, 'mod'),
  sub: binary(subtract, 'sub'),
  add: (content) => (hasInterval(content) ? binary(add, 'add')(content, noContext) : undefined),
  eq: binary(compare('='), 'eq'),
  neq: binary(compare('<>'), 'neq'),
  lt: binary(compare('<'), 'lt'),
  lte: binary(compare('<='), 'lte'),
  gt: binary(compare('>'), 'gt'),
  gte: binary(compare('>='), 'gte'),
  cast: (content) => cast(content),
  try_cast(content) {
    const made = cast(content);
    const around = (tree: Tree) => fragment('TRY(arg0)', tree);
    return made === undefined ? undefined : 'tree' in made ? { tree: around(made.tree) } : { ...made, around };
  },
  literal: (content) => literal(content),
  subscript: (content) => ({
    tree: fragment('t__subscript(arg0, arg1)', child(content, 'this'), child(content, 'index')),
  }),
  array_func: (content) => ({ tree: { array: { expressions: child(content, 'expressions') } } }),
  function: (content, context) => call(content, context),
  aggregate_function: (content) => aggregate(content),
  approx_distinct: (content) => ({
    tree: {
      count: { ...countTemplate, this: child(content, 'this'), distinct: true, filter: child(content, 'filter') },
    },
  }),
  avg: (content) => ({ tree: { avg: isBranch(content) ? content : null } }),
  extract: (content) => ({
    tree: fragment(`t__${String(child(content, 'field')).toLowerCase()}(arg0)`, child(content, 'this')),
  }),
  str_position: (content) => ({
    tree: fragment('t__strpos(arg0, arg1)', child(content, 'this'), child(content, 'substr')),
  }),
  substring(content) {
    const length = child(content, 'length');
    const from = [child(content, 'this'), child(content, 'start')];
    return {
      tree:
        length === null
          ? fragment('t__substr(arg0, arg1)', ...from)
          : fragment('t__substr(arg0, arg1, arg2)', ...from, length),
    };
  },
};

const noContext: RewriteContext = { database: '', now: '' };

/** Conversions of an aggregate's result, put around its window when it has one. */
export const resultRewrites: Readonly<Record<string, (made: Tree) => KindRewrite>> = {
  sum: (made) => ({ rule: sumResult, id: 'sum', operands: [made] }),
  count_if: (made) => ({ tree: fragment('CAST(arg0 AS BIGINT)', made) }),
};

const hasInterval = (content: Tree) => ['left', 'right'].some((side) => isIntervalTree(child(content, side)));
const isIntervalTree = (tree: Tree): boolean =>
  isBranch(tree) &&
  ('interval' in tree ||
    ['mul', 'neg', 'paren', 'add'].some((kind) => {
      const content = tree[kind];
      return content !== undefined && ['left', 'right', 'this'].some((side) => isIntervalTree(child(content, side)));
    }));

const wholeTypes: Readonly<Record<string, 'TINYINT' | 'SMALLINT' | 'INTEGER' | 'BIGINT'>> = {
  tiny_int: 'TINYINT',
  small_int: 'SMALLINT',
  int: 'INTEGER',
  big_int: 'BIGINT',
};

function cast(content: Tree): KindRewrite | undefined {
  const to = child(content, 'to');
  const type = child(to, 'data_type');
  const operands = [child(content, 'this')];
  if (type === 'var_char') {
    const length = child(to, 'length');
    return { rule: castToText(typeof length === 'number' ? length : undefined), id: `varchar${length}`, operands };
  }
  const whole = typeof type === 'string' ? wholeTypes[type] : undefined;
  if (whole !== undefined) return { rule: castToWhole(whole), id: whole, operands };
  return { tree: { cast: content } };
}

function literal(content: Tree): KindRewrite | undefined {
  const type = child(content, 'literal_type');
  if (type === 'hex_string')
    return { tree: fragment(`unhex('${String(child(content, 'value')).replaceAll(' ', '')}')`) };
  return undefined;
}

function call(content: Tree, context: RewriteContext): KindRewrite | undefined {
  const name = String(child(content, 'name')).toLowerCase();
  const args = child(content, 'args');
  if (name === 'current_date') return { tree: fragment(`CAST('${context.now.slice(0, 10)}' AS DATE)`) };
  if (name === 'current_timestamp' || name === 't__now') {
    return { tree: fragment(`CAST('${context.now}+00' AS TIMESTAMP WITH TIME ZONE)`) };
  }
  if (name === 'localtimestamp') return { tree: fragment(`CAST('${context.now}' AS TIMESTAMP)`) };
  if (name.startsWith('t__') || name.startsWith('list_') || name === 'row' || name === 'grouping sets')
    return undefined;
  throw new QueryError(
    'FUNCTION_NOT_FOUND',
    `Function '${name}' with ${isList(args) ? args.length : 0} arguments is not among those checked against Trino (local Athena)`,
  );
}

const duckAggregates: Readonly<Record<string, string>> = {
  max_by: 'arg_max_null',
  min_by: 'arg_min_null',
  arbitrary: 'any_value',
  approx_percentile: 'quantile_disc',
  corr: 'corr',
  covar_pop: 'covar_pop',
  covar_samp: 'covar_samp',
};

function aggregate(content: Tree): KindRewrite {
  const name = String(child(content, 'name')).toLowerCase();
  const args = child(content, 'args');
  const duck = duckAggregates[name];
  if (duck === undefined && !name.startsWith('t__'))
    return refuse(`The aggregate ${name}`)(content, noContext) ?? { tree: null };
  if (duck !== undefined && isList(args) && args.length !== 2 && name !== 'arbitrary') {
    throw new QueryError(
      'NOT_SUPPORTED',
      `${name} with ${args.length} arguments is not among those checked against Trino (local Athena)`,
    );
  }
  const call: Branch = isBranch(content) ? content : {};
  return { tree: { aggregate_function: { ...call, name: duck ?? name } } };
}

const countTemplate: Branch = { star: false, distinct: true, filter: null, ignore_nulls: null, original_name: 'count' };
void averageOperand;
