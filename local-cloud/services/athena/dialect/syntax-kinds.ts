/** Keys under which the parser nests parts of a clause; an object with only such a key is no expression. */
export const structuralKeys: ReadonlySet<string> = new Set([
  'this',
  'expressions',
  'name',
  'ctes',
  'window_name',
  'data_type',
  'Preceding',
  'Following',
]);

/** Kinds of expression that DuckDB and Trino understand alike once their parts are rewritten. */
export const knownKinds: ReadonlySet<string> = new Set(
  `add aggregate_function alias all and any any_value approx_distinct array_agg array_func at_time_zone avg between boolean case cast coalesce
  column concat count count_if cube cume_dist dense_rank div eq except exists extract filter first_value from function group_by gt gte
  having in intersect interval is_null lag lambda last_value lead like list_agg literal logical_and logical_or lt lte max min mod mul neg
  neq not nth_value n_tile null null_if null_safe_eq null_safe_neq or order_by paren parse_json percent_rank rank rollup row_number select
  star stddev stddev_pop stddev_samp str_position sub subquery subscript substring sum table trim try_cast tuple union unnest
  values var_pop var_samp variance window_function within_group`.split(/\s+/),
);
