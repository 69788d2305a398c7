import type { KindRewrite } from './kind-rewrite.ts';
import { macroPrefix } from './macro-prefix.ts';
import { QueryError } from './query-error.ts';
import { decimalOf, isFloating, isNull, isText, type SiteRule } from './site-rule.ts';
import { type Branch, child, contentOf, fragment, isBranch, isList, type Tree } from './sql-tree.ts';

/** Aggregates by DuckDB's names, with the number of operands that was checked. */
const duckAggregates: Readonly<Record<string, readonly [duck: string, operands: number]>> = {
  max_by: ['arg_max_null', 2],
  min_by: ['arg_min_null', 2],
  arbitrary: ['any_value', 1],
  approx_percentile: ['quantile_disc', 2],
  histogram: ['histogram', 1],
  map_agg: ['list', 2],
  multimap_agg: ['list', 2],
  corr: ['corr', 2],
  covar_pop: ['covar_pop', 2],
  covar_samp: ['covar_samp', 2],
};

type Rewrite = (content: Branch, args: readonly Tree[]) => KindRewrite;

const rewrites: Readonly<Record<string, Rewrite>> = {
  approx_percentile: (content, [value = null, share = null]) => ({
    rule: shareOfRows,
    id: 'share',
    operands: [share],
    around: (operand) => ({ aggregate_function: { ...content, name: 'quantile_disc', args: [value, operand] } }),
  }),
  histogram: (content) => ({ tree: fragment('t__counts(arg0)', { aggregate_function: content }) }),
  map_agg: (content, operands) => ({ tree: fragment('t__first_values(arg0)', entries(content, operands)) }),
  multimap_agg: (content, operands) => ({ tree: fragment('t__all_values(arg0)', entries(content, operands)) }),
  corr: ofPairs,
  covar_pop: ofPairs,
  covar_samp: ofPairs,
};

/** Names of the aggregates that the parser takes for plain functions unless they have a FILTER. */
export const plainlyWritten: ReadonlySet<string> = new Set([
  'map_agg',
  'multimap_agg',
  'covar_pop',
  'covar_samp',
  'histogram',
  'corr',
]);

/** The plain call of an aggregate as one. */
export const asAggregate = (call: Tree): Tree => ({
  distinct: false,
  filter: null,
  order_by: [],
  limit: null,
  ignore_nulls: null,
  ...(isBranch(call) ? call : {}),
});

/** What an aggregate that the parser has no kind of its own for becomes. */
export function aggregateRewrite(content: Tree): KindRewrite {
  const name = String(child(content, 'name')).toLowerCase();
  const args = child(content, 'args');
  if (name.startsWith(macroPrefix)) throw unchecked(`${name.slice(macroPrefix.length)} with FILTER or DISTINCT`);
  const [duck, operands] = duckAggregates[name] ?? [];
  if (duck === undefined || !isBranch(content) || !isList(args) || args.length !== operands) {
    throw unchecked(`${name} with these arguments`);
  }
  const made = { ...content, name: duck };
  return rewrites[name]?.(made, args) ?? { tree: { aggregate_function: made } };
}

/** `LISTAGG(x, separator) WITHIN GROUP (ORDER BY …)`, which DuckDB writes as the aggregate of an ordered text. */
export function listaggRewrite(content: Tree): KindRewrite {
  const listagg = contentOf(child(content, 'this'), 'list_agg');
  if (!isBranch(listagg) || child(listagg, 'on_overflow') !== null) throw unchecked('WITHIN GROUP here');
  const made = { ...listagg, order_by: child(content, 'order_by'), filter: null };
  return {
    rule: listedText,
    id: 'listagg',
    operands: [child(listagg, 'this')],
    around: (operand) => ({
      string_agg: { ...made, this: operand, separator: child(listagg, 'separator') ?? fragment("''") },
    }),
  };
}

/** The FILTER of what is written with WITHIN GROUP; other aggregates carry their own. */
export function filterRewrite(content: Tree): KindRewrite {
  const aggregate = contentOf(child(content, 'this'), 'string_agg');
  if (!isBranch(aggregate)) throw unchecked('FILTER here');
  return { tree: { string_agg: { ...aggregate, filter: child(content, 'expression') } } };
}

/** Trino takes the item after a share p of the rows; quantile_disc the one at it. */
const shareOfRows: SiteRule = (type = '') =>
  type.endsWith(']') ? 'list_transform(arg0, lambda p: least(1, p + 1e-9))' : 'least(1, arg0 + 1e-9)';

/** The list of keys and values; a key that is NULL is left out. */
function entries(content: Branch, [key = null, value = null]: readonly Tree[]): Tree {
  const filter = child(content, 'filter');
  const isKey = fragment('arg0 IS NOT NULL', key);
  const args = [fragment('struct_pack(k := arg0, v := arg1)', key, value)];
  return {
    aggregate_function: {
      ...content,
      args,
      filter: filter === null ? isKey : fragment('(arg0) AND (arg1)', filter, isKey),
    },
  };
}

/** A statistic of pairs of numbers: of reals, which whole numbers and decimals become, where neither is a double. */
function ofPairs(content: Branch, operands: readonly Tree[]): KindRewrite {
  const args = operands.map((operand) => fragment('CAST(arg0 AS DOUBLE)', operand));
  const types = operands.map((operand) => fragment('any_value(arg0)', operand));
  return {
    rule: pairResult,
    id: String(child(content, 'name')),
    operands: [{ aggregate_function: { ...content, args } }, ...types],
  };
}

const pairResult: SiteRule = (_result, ...types) => {
  const isNumber = (type: string) => isFloating(type) || isNull(type) || decimalOf(type) !== undefined;
  const strange = types.find((type) => !isNumber(type));
  if (strange !== undefined)
    throw new QueryError('FUNCTION_NOT_FOUND', `Unexpected parameters (${types.join(', ')}): two numbers are expected`);
  // Of values that do not vary there is none.
  const result = 'CASE WHEN isfinite(arg0) THEN arg0 END';
  return types.includes('DOUBLE') ? result : `CAST(${result} AS FLOAT)`;
};

const listedText: SiteRule = (type = '') => {
  if (!isText(type) && !isNull(type)) {
    throw new QueryError('TYPE_MISMATCH', `LISTAGG of ${type}: cast it to varchar`);
  }
  return 'arg0';
};

const unchecked = (what: string) =>
  new QueryError('FUNCTION_NOT_FOUND', `${what} is not among the functions checked against Trino (local Athena)`);
