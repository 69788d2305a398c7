import { aggregateRewrite, asAggregate, filterRewrite, listaggRewrite, plainlyWritten } from './aggregate-rewrites.ts';
import { add, averageOperand, divide, modulus, subtract, sumResult } from './arithmetic-rules.ts';
import { rewriteCall } from './call-rewrites.ts';
import { castRewrite } from './cast-rewrite.ts';
import { alike, between, compare, concatenate, firstResult, within } from './comparison-rules.ts';
import { subscript } from './function-sites.ts';
import type { KindRewrite, RewriteContext } from './kind-rewrite.ts';
import { macroPrefix } from './macro-prefix.ts';
import { QueryError } from './query-error.ts';
import type { SiteRule } from './site-rule.ts';
import { callOf, child, fragment, isBranch, isList, type Tree } from './sql-tree.ts';
import { unnestRewrite } from './unnest-rewrite.ts';
import { localTime } from './zoned-time.ts';

/** Longer lists of IN are taken as they are. */
const longestCheckedList = 50;

const negated = (content: Tree) => (tree: Tree) =>
  child(content, 'not') === true ? fragment('(NOT (arg0))', tree) : tree;

type Rewrite = (content: Tree, context: RewriteContext) => KindRewrite | undefined;

const binary =
  (rule: SiteRule, id: string): Rewrite =>
  (content) => ({ rule, id, operands: [child(content, 'left'), child(content, 'right')] });

/** Kinds of expression that need another form in DuckDB. Their parts are rewritten already. */
export const kindRewrites: Readonly<Record<string, Rewrite>> = {
  div: binary(divide, 'div'),
  mod: binary(modulus, 'mod'),
  sub: binary(subtract, 'sub'),
  add: binary(add, 'add'),
  eq: binary(compare('='), 'eq'),
  concat: binary(concatenate, 'concat'),
  parse_json: (content) => ({ tree: fragment('t__json_parse(arg0)', child(content, 'this')) }),
  between: (content) => ({
    rule: between,
    id: 'between',
    operands: ['this', 'low', 'high'].map((part) => child(content, part)),
    around: negated(content),
  }),
  in(content) {
    const items = child(content, 'expressions');
    if (!isList(items) || items.length === 0 || items.length > longestCheckedList) return undefined;
    return { rule: within, id: 'in', operands: [child(content, 'this'), ...items], around: negated(content) };
  },
  neq: binary(compare('<>'), 'neq'),
  lt: binary(compare('<'), 'lt'),
  lte: binary(compare('<='), 'lte'),
  gt: binary(compare('>'), 'gt'),
  gte: binary(compare('>='), 'gte'),
  cast: castRewrite,
  try_cast(content, context) {
    const made = castRewrite(content, context);
    const around = (tree: Tree) => fragment('TRY(arg0)', tree);
    return 'tree' in made ? { tree: around(made.tree) } : { ...made, around };
  },
  literal,
  alias(content) {
    const tree = unnestRewrite(content);
    return tree === undefined ? undefined : { tree };
  },
  coalesce: (content) => ({
    rule: alike('COALESCE', (operands) => `coalesce(${operands})`),
    id: 'coalesce',
    operands: listOf(child(content, 'expressions')),
  }),
  array_func: (content) => {
    const operands = listOf(child(content, 'expressions'));
    if (operands.length < 2 || operands.length > longestCheckedList) return undefined;
    return { rule: alike('ARRAY', (items) => `ARRAY[${items}]`), id: 'array', operands };
  },
  case: (content) => caseRewrite(content),
  subscript: (content) => ({
    rule: subscript,
    id: 'subscript',
    operands: [child(content, 'this'), child(content, 'index')],
  }),
  at_time_zone: (content) => ({ tree: callOf('t__zoned', [child(content, 'this'), child(content, 'zone')]) }),
  function: call,
  aggregate_function: aggregateRewrite,
  within_group: listaggRewrite,
  filter: filterRewrite,
  avg: (content) => ({
    rule: averageOperand,
    id: 'avg',
    operands: [child(content, 'this')],
    around: (operand) => ({ avg: { ...(isBranch(content) ? content : {}), this: operand } }),
  }),
  // Exact is within the error that Trino states.
  approx_distinct: (content) => ({
    tree: {
      count: {
        this: child(content, 'this'),
        filter: child(content, 'filter'),
        star: false,
        distinct: true,
        ignore_nulls: null,
      },
    },
  }),
  extract(content) {
    const time = child(content, 'this');
    return { tree: fragment(`t__${extractField(child(content, 'field'))}(arg0)`, localTime(time) ?? time) };
  },
  str_position: (content) => ({
    tree: fragment('t__strpos(arg0, arg1)', child(content, 'this'), child(content, 'substr')),
  }),
  substring(content, context) {
    const length = child(content, 'length');
    const from = [child(content, 'this'), child(content, 'start')];
    return rewriteCall('substr', length === null ? from : [...from, length], context);
  },
};

/** Conversions of an aggregate's result, put around its window when it has one. */
export const resultRewrites: Readonly<Record<string, (made: Tree) => KindRewrite>> = {
  sum: (made) => ({ rule: sumResult, id: 'sum', operands: [made] }),
  count_if: (made) => ({ tree: fragment('CAST(arg0 AS BIGINT)', made) }),
};

const timestampText = /^\d{4,}-\d{1,2}-\d{1,2}( \d{1,2}:\d{1,2}(:\d{1,2}(\.\d{1,12})?)?)?$/;

function literal(content: Tree): KindRewrite | undefined {
  const [type, value] = [child(content, 'literal_type'), String(child(content, 'value'))];
  if (type === 'hex_string') return { tree: fragment(`unhex('${value.replaceAll(' ', '')}')`) };
  if (type === 'timestamp' && !timestampText.test(value.trim())) {
    throw new QueryError('INVALID_LITERAL', `'${value}' is not a valid TIMESTAMP literal`);
  }
  return undefined;
}

const listOf = (tree: Tree): readonly Tree[] => (isList(tree) ? tree : []);

/** The types of all results of a CASE are looked at where the first stands. */
function caseRewrite(content: Tree): KindRewrite | undefined {
  const [first, ...whens] = listOf(child(content, 'whens')).map(listOf);
  const last = child(content, 'else_');
  const others = [...whens.map(([, result = null]) => result), ...(last === null ? [] : [last])];
  const [condition = null, result = null] = first ?? [];
  if (!isBranch(content) || others.length === 0) return undefined;
  const around = (checked: Tree): Tree => ({ case: { ...content, whens: [[condition, checked], ...whens] } });
  return { rule: firstResult, id: 'case', operands: [result, ...others], around };
}

const extractField = (field: Tree): string =>
  String(field).replace('DayOfWeek', 'dow').replace('DayOfYear', 'doy').replace('WeekOfYear', 'week').toLowerCase();

const unchecked = (what: string) =>
  new QueryError('FUNCTION_NOT_FOUND', `${what} is not among the functions checked against Trino (local Athena)`);

/** Calls by syntax, which both engines understand alike. */
const duckCalls: ReadonlySet<string> = new Set(['cube', 'grouping sets', 'map', 'rollup']);

/** Parts of a time, for which a zoned time stands as its wall-clock time. */
const timeParts =
  /^t__(year|quarter|month|week|week_of_year|year_of_week|yow|day|day_of_month|day_of_week|dow|day_of_year|doy|hour|minute|second|date)$/;

function call(content: Tree, context: RewriteContext): KindRewrite | undefined {
  const name = String(child(content, 'name')).toLowerCase();
  const args = child(content, 'args');
  if (name === 'current_date') return { tree: fragment(`CAST('${context.now.slice(0, 10)}' AS DATE)`) };
  if (name === 'current_timestamp') return { tree: fragment(`CAST('${context.now}+00' AS TIMESTAMP WITH TIME ZONE)`) };
  if (name === 'localtimestamp') return { tree: fragment(`CAST('${context.now}' AS TIMESTAMP)`) };
  if (name === 'nullif')
    return { rule: alike('NULLIF', (operands) => `nullif(${operands})`), id: name, operands: listOf(args) };
  if (plainlyWritten.has(name)) return aggregateRewrite(asAggregate(content));
  if (duckCalls.has(name) || name.startsWith('list_')) return undefined;
  if (!name.startsWith(macroPrefix)) throw unchecked(name);
  const rewritten = rewriteCall(name.slice(macroPrefix.length), args, context);
  if (rewritten !== undefined || !timeParts.test(name)) return rewritten;
  return {
    tree: callOf(
      name,
      (isList(args) ? args : []).map((arg) => localTime(arg) ?? arg),
    ),
  };
}
