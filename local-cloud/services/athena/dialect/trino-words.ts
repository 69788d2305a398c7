/** Words that stand before a bracket without being a function's name: syntax that the parser knows by itself. */
export const syntaxWords: ReadonlySet<string> = new Set(
  `all and any array as between by case cast char coalesce cross cube decimal distinct else end escape except exists extract
  filter from group having in intersect interval is join lateral like limit map not nullif offset on or order over partition
  position rollup row select sets some substring then timestamp trim try_cast union unnest using values varchar when where with within`.split(
    /\s+/,
  ),
);

/** Words after which an expression begins, so that a word with a bracket there is a function call and not an alias with columns. */
export const expressionWords: ReadonlySet<string> = new Set(
  'all and between by case distinct else escape for from having like limit not offset on or select then values when where'.split(
    ' ',
  ),
);

/** Aggregates and window functions: they keep their place because the parser reads DISTINCT, ORDER BY and FILTER for them. */
export const aggregateWords: ReadonlySet<string> = new Set(
  `any_value approx_distinct approx_percentile arbitrary array_agg avg bool_and bool_or corr count count_if covar_pop
  covar_samp cume_dist dense_rank every first_value histogram lag last_value lead listagg map_agg max max_by min min_by
  multimap_agg nth_value ntile percent_rank rank row_number stddev stddev_pop stddev_samp sum var_pop var_samp variance`.split(
    /\s+/,
  ),
);
