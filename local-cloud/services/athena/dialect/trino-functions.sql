-- Trino's scalar functions in DuckDB's words: t__<name> is what a query's <name>(…) becomes.
-- A function that is not here is refused by name. Each was compared with Trino: tests/support/athena-dialect-cases.ts.

-- Support. An error is raised by a cast, because TRY takes no error().
CREATE MACRO t__nonzero(n) AS CASE WHEN n = 0 THEN CAST('DIVISION_BY_ZERO: Division by zero' AS INTEGER) ELSE n END;
CREATE MACRO t__divide_half_up(a, b) AS sign(a) * sign(b) * ((abs(a) * 2 + abs(b)) // (2 * abs(t__nonzero(b))));
CREATE MACRO t__whole_text(s) AS CASE WHEN s IS NULL OR regexp_full_match(s, '[+-]?[0-9]+') THEN s
  ELSE CAST(CAST('INVALID_CAST_ARGUMENT: Cannot cast the text to a whole number' AS INTEGER) AS VARCHAR) END;
CREATE MACRO t__number_text(s) AS CASE WHEN s IS NULL OR regexp_full_match(s, '\s*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?\s*|[+-]?(NaN|Infinity)') THEN s
  ELSE CAST(CAST('INVALID_CAST_ARGUMENT: Cannot cast the text to a number' AS INTEGER) AS VARCHAR) END;
CREATE MACRO t__list_item(l, i) AS l[CASE WHEN i BETWEEN 1 AND len(l) THEN i
  ELSE CAST('INVALID_FUNCTION_ARGUMENT: Array subscript out of bounds' AS BIGINT) END];
CREATE MACRO t__map_item(m, k) AS CASE WHEN map_contains(m, k) THEN m[k]
  ELSE m[CAST(CAST('INVALID_FUNCTION_ARGUMENT: Key not present in map' AS INTEGER) AS VARCHAR)] END;

CREATE MACRO t__too_deep(c) AS CASE WHEN c OR NOT c THEN CAST(CAST('NOT_SUPPORTED: Recursion depth limit exceeded (10)' AS INTEGER) AS BOOLEAN) END;
CREATE MACRO t__at_most(s, n) AS CASE WHEN length(s) > n THEN CAST(CAST('INVALID_CAST_ARGUMENT: Value cannot be represented in so few characters' AS INTEGER) AS VARCHAR) ELSE s END;
CREATE MACRO t__truth_text(s) AS CASE WHEN s IS NULL OR lower(s) IN ('t', 'true', '1', 'f', 'false', '0') THEN s
  ELSE CAST(CAST('INVALID_CAST_ARGUMENT: Cannot cast the text to BOOLEAN' AS INTEGER) AS VARCHAR) END;
CREATE MACRO t__date_text(s) AS CASE WHEN s IS NULL OR regexp_full_match(s, '\s*\d{4,}-\d{1,2}-\d{1,2}\s*') THEN s
  ELSE CAST(CAST('INVALID_CAST_ARGUMENT: Value cannot be cast to date' AS INTEGER) AS VARCHAR) END;
CREATE MACRO t__time_text(s) AS CASE WHEN s IS NULL OR regexp_full_match(s, '\s*\d{4,}-\d{1,2}-\d{1,2}( ([01]?\d|2[0-3]):\d{1,2}(:\d{1,2}(\.\d{1,12})?)?)?\s*') THEN s
  ELSE CAST(CAST('INVALID_CAST_ARGUMENT: Value cannot be cast to timestamp' AS INTEGER) AS VARCHAR) END;
CREATE MACRO t__millis(t) AS date_trunc('milliseconds', t + INTERVAL 500 MICROSECONDS);
CREATE MACRO t__whole_day(t) AS CASE WHEN t IS NULL OR date_trunc('day', t) = t THEN CAST(t AS DATE)
  ELSE CAST(CAST(CAST('INVALID_FUNCTION_ARGUMENT: Cannot add hour, minutes or seconds to a date' AS INTEGER) AS VARCHAR) AS DATE) END;

-- Conditional
CREATE MACRO t__if(c, a) AS CASE WHEN c THEN a END, (c, a, b) AS CASE WHEN c THEN a ELSE b END;
CREATE MACRO t__try(x) AS TRY(x);
CREATE MACRO t__greatest(a, b) AS CASE WHEN a IS NULL OR b IS NULL THEN NULL ELSE greatest(a, b) END;
CREATE MACRO t__least(a, b) AS CASE WHEN a IS NULL OR b IS NULL THEN NULL ELSE least(a, b) END;

-- Numbers. round, floor, ceil, truncate, sign, abs and mod depend on types: see function-sites.ts.
CREATE MACRO t__degrees(x) AS degrees(x);
CREATE MACRO t__radians(x) AS radians(x);
CREATE MACRO t__e() AS exp(CAST(1 AS DOUBLE));
CREATE MACRO t__pi() AS pi();
CREATE MACRO t__exp(x) AS exp(CAST(x AS DOUBLE));
CREATE MACRO t__ln(x) AS CASE WHEN x > 0 THEN ln(CAST(x AS DOUBLE)) WHEN x = 0 THEN CAST('-Infinity' AS DOUBLE) WHEN x IS NOT NULL THEN CAST('NaN' AS DOUBLE) END;
CREATE MACRO t__log10(x) AS CASE WHEN x > 0 THEN log10(CAST(x AS DOUBLE)) WHEN x = 0 THEN CAST('-Infinity' AS DOUBLE) WHEN x IS NOT NULL THEN CAST('NaN' AS DOUBLE) END;
CREATE MACRO t__log2(x) AS t__ln(x) / ln(2.0::DOUBLE);
CREATE MACRO t__log(b, x) AS t__ln(x) / t__ln(b);
CREATE MACRO t__sqrt(x) AS CASE WHEN x >= 0 THEN sqrt(CAST(x AS DOUBLE)) WHEN x IS NOT NULL THEN CAST('NaN' AS DOUBLE) END;
CREATE MACRO t__power(x, y) AS power(CAST(x AS DOUBLE), CAST(y AS DOUBLE));
CREATE MACRO t__pow(x, y) AS power(CAST(x AS DOUBLE), CAST(y AS DOUBLE));
CREATE MACRO t__sin(x) AS sin(x);
CREATE MACRO t__cos(x) AS cos(x);
CREATE MACRO t__tan(x) AS tan(x);
CREATE MACRO t__atan(x) AS atan(x);
CREATE MACRO t__infinity() AS CAST('Infinity' AS DOUBLE);
CREATE MACRO t__nan() AS CAST('NaN' AS DOUBLE);
CREATE MACRO t__is_nan(x) AS isnan(CAST(x AS DOUBLE));
CREATE MACRO t__is_finite(x) AS isfinite(CAST(x AS DOUBLE));
CREATE MACRO t__is_infinite(x) AS isinf(CAST(x AS DOUBLE));
CREATE MACRO t__bitwise_and(a, b) AS CAST(a AS BIGINT) & CAST(b AS BIGINT);
CREATE MACRO t__bitwise_or(a, b) AS CAST(a AS BIGINT) | CAST(b AS BIGINT);
CREATE MACRO t__bitwise_xor(a, b) AS xor(CAST(a AS BIGINT), CAST(b AS BIGINT));
CREATE MACRO t__bitwise_not(a) AS ~CAST(a AS BIGINT);
CREATE MACRO t__from_base(s, r) AS t__from_digits(s, CAST(r AS BIGINT));
CREATE MACRO t__to_base(n, r) AS t__to_digits(CAST(n AS BIGINT), CAST(r AS BIGINT));
CREATE MACRO t__width_bucket(x, a, b, n) AS CASE WHEN x < a THEN 0 WHEN x >= b THEN n + 1
  ELSE CAST(floor(n * ((CAST(x AS DOUBLE) - a) / (CAST(b AS DOUBLE) - a))) AS BIGINT) + 1 END;

-- Text
CREATE MACRO t__lower(s) AS lower(s);
CREATE MACRO t__upper(s) AS replace(upper(s), 'ẞ', 'ß');
CREATE MACRO t__text_from(s, f) AS CASE WHEN f = 0 OR abs(f) > length(s) THEN CASE WHEN s IS NOT NULL THEN '' END ELSE substr(s, f) END,
  (s, f, n) AS CASE WHEN f = 0 OR abs(f) > length(s) OR n <= 0 THEN CASE WHEN s IS NOT NULL THEN '' END ELSE substr(s, f, n) END;
CREATE MACRO t__bytes_from(b, f, n) AS unhex(substr(hex(b), CASE WHEN f > 0 THEN 2 * f - 1 ELSE CAST('NOT_SUPPORTED: substr of bytes counts from 1' AS INTEGER) END, 2 * n));
CREATE MACRO t__strpos(s, p) AS CAST(strpos(s, p) AS BIGINT);
CREATE MACRO t__replace(s, a) AS replace(s, a, ''), (s, a, b) AS replace(s, a, b);
CREATE MACRO t__trim(s) AS trim(s);
CREATE MACRO t__ltrim(s) AS ltrim(s);
CREATE MACRO t__rtrim(s) AS rtrim(s);
CREATE MACRO t__lpad(s, n, p) AS lpad(s, n, p);
CREATE MACRO t__rpad(s, n, p) AS rpad(s, n, p);
CREATE MACRO t__chr(n) AS chr(CAST(n AS INTEGER));
CREATE MACRO t__codepoint(s) AS unicode(s);
CREATE MACRO t__starts_with(s, p) AS starts_with(s, p);
CREATE MACRO t__split(s, d) AS string_split(s, d);
CREATE MACRO t__split_part(s, d, i) AS CASE WHEN i < 1 THEN CAST(CAST('INVALID_FUNCTION_ARGUMENT: Index must be greater than zero' AS INTEGER) AS VARCHAR)
  ELSE string_split(s, d)[i] END;
CREATE MACRO t__translate(s, a, b) AS translate(s, a, b);
CREATE MACRO t__levenshtein_distance(a, b) AS levenshtein(a, b);
-- A time as Java writes it: without seconds where there are none, and with as many digits of one as it takes in threes.
CREATE MACRO t__java_time(t) AS strftime(t, '%Y-%m-%dT%H:%M') || CASE WHEN second(t) = 0 AND microsecond(t) % 1000000 = 0 THEN '' WHEN microsecond(t) % 1000000 = 0 THEN strftime(t, ':%S') ELSE strftime(t, ':%S.%g') END;
CREATE MACRO t__regexp_like(s, p) AS regexp_matches(s, p);
CREATE MACRO t__regexp_extract(s, p) AS CASE WHEN regexp_matches(s, p) THEN regexp_extract(s, p) END,
  (s, p, g) AS CASE WHEN regexp_matches(s, p) THEN regexp_extract(s, p, g) END;
CREATE MACRO t__regexp_extract_all(s, p) AS regexp_extract_all(s, p), (s, p, g) AS regexp_extract_all(s, p, g);
CREATE MACRO t__regexp_replace(s, p) AS regexp_replace(s, p, '', 'g'), (s, p, r) AS regexp_replace(s, p, r, 'g');
CREATE MACRO t__regexp_split(s, p) AS regexp_split_to_array(s, p);
CREATE MACRO t__regexp_count(s, p) AS CAST(len(regexp_extract_all(s, p)) AS BIGINT);

-- Bytes and hashes
CREATE MACRO t__to_utf8(s) AS encode(s);
CREATE MACRO t__from_utf8(b) AS decode(b);
CREATE MACRO t__from_hex(s) AS unhex(s);
CREATE MACRO t__to_base64(b) AS to_base64(b);
CREATE MACRO t__from_base64(s) AS from_base64(s);
CREATE MACRO t__from_big_endian_64(b) AS t__bytes_to_bigint(b);

-- JSON. Paths are rewritten before: see json-path.ts.
CREATE MACRO t__json_extract(j, p) AS CAST(CASE WHEN json_valid(j) THEN json_extract(j, p) END AS JSON);
CREATE MACRO t__json_parse(s) AS CAST(t__sorted_json(s) AS JSON);
CREATE MACRO t__json_scalar(j) AS CASE WHEN json_type(j) IN ('OBJECT', 'ARRAY') THEN CAST(CAST('INVALID_CAST_ARGUMENT: Cannot cast to varchar' AS INTEGER) AS VARCHAR) ELSE json_extract_string(j, '$') END;
CREATE MACRO t__json_format(j) AS CAST(j AS VARCHAR);
CREATE MACRO t__json_array_length(j) AS CASE WHEN json_valid(j) AND json_type(j) = 'ARRAY' THEN CAST(json_array_length(j) AS BIGINT) END;
CREATE MACRO t__json_size(j, p) AS CASE WHEN json_valid(j) THEN CASE json_type(j, p) WHEN 'ARRAY' THEN CAST(json_array_length(j, p) AS BIGINT)
  WHEN 'OBJECT' THEN CAST(len(json_keys(j, p)) AS BIGINT) WHEN NULL THEN NULL ELSE CASE WHEN json_type(j, p) IS NOT NULL THEN 0 END END END;

-- Arrays and maps
CREATE MACRO t__contains(l, x) AS CASE WHEN l IS NULL OR x IS NULL THEN NULL WHEN list_contains(l, x) THEN true WHEN len(list_filter(l, lambda i: i IS NULL)) > 0 THEN NULL ELSE false END;
CREATE MACRO t__array_join(l, d) AS array_to_string(l, d), (l, d, n) AS array_to_string(list_transform(l, lambda i: coalesce(CAST(i AS VARCHAR), n)), d);
CREATE MACRO t__array_max(l) AS CASE WHEN len(list_filter(l, lambda i: i IS NULL)) = 0 THEN list_max(l) END;
CREATE MACRO t__array_min(l) AS CASE WHEN len(list_filter(l, lambda i: i IS NULL)) = 0 THEN list_min(l) END;
CREATE MACRO t__array_position(l, x) AS CASE WHEN l IS NOT NULL AND x IS NOT NULL THEN CAST(coalesce(list_position(l, x), 0) AS BIGINT) END;
CREATE MACRO t__array_remove(l, x) AS list_filter(l, lambda i: i IS DISTINCT FROM x);
CREATE MACRO t__array_sort(l) AS list_sort(l, 'ASC', 'NULLS LAST');
CREATE MACRO t__has_null(l) AS len(list_filter(l, lambda i: i IS NULL)) > 0;
CREATE MACRO t__arrays_overlap(a, b) AS CASE WHEN a IS NULL OR b IS NULL THEN NULL WHEN list_has_any(a, b) THEN true WHEN t__has_null(a) OR t__has_null(b) THEN NULL ELSE false END;
CREATE MACRO t__array_distinct(l) AS list_filter(l, lambda x, i: coalesce(list_position(l, x), list_position(list_transform(l, lambda y: y IS NULL), true)) = i);
CREATE MACRO t__array_union(a, b) AS t__array_distinct(a || b);
CREATE MACRO t__array_except(a, b) AS t__array_distinct(list_filter(a, lambda x: NOT coalesce(list_contains(b, x), t__has_null(b))));
CREATE MACRO t__array_intersect(a, b) AS t__array_distinct(list_filter(a, lambda x: coalesce(list_contains(b, x), t__has_null(b))));
CREATE MACRO t__flatten(l) AS flatten(l);
CREATE MACRO t__repeat(x, n) AS list_transform(range(n), lambda i: x);
CREATE MACRO t__slice(l, f, n) AS CASE WHEN f > 0 THEN l[f : f + n - 1] WHEN f < 0 AND abs(f) <= len(l) THEN l[len(l) + f + 1 : len(l) + f + n]
  ELSE l[CAST('INVALID_FUNCTION_ARGUMENT: SQL array indices start at 1' AS INTEGER) : 0] END;
-- At least as many steps as fit, months counted as their shortest.
CREATE MACRO t__steps(a, b, s) AS CASE WHEN epoch(s) > 0 THEN CAST(floor((epoch(b) - epoch(a)) / epoch(s) * 1.1) + 1 AS BIGINT)
  ELSE CAST('NOT_SUPPORTED: sequence of times with a step that is not positive' AS BIGINT) END;
CREATE MACRO t__numbers(a, b) AS generate_series(a, b, CASE WHEN a <= b THEN 1 ELSE -1 END);
CREATE MACRO t__times(a, b, s) AS list_filter(list_transform(generate_series(0, t__steps(a, b, s)), lambda i: a + i * s), lambda d: d <= b);
-- What aggregates of keys and values give, from the list of them. Of values of one key the first counts.
CREATE MACRO t__in_order(l) AS list_sort(list_transform(l, lambda e, i: struct_pack(k := e.k, i := i, v := e.v)));
CREATE MACRO t__firsts(l) AS list_filter(l, lambda e, i: i = 1 OR l[i - 1].k <> e.k);
CREATE MACRO t__map_of(l) AS map(list_transform(l, lambda e: e.k), list_transform(l, lambda e: e.v));
CREATE MACRO t__first_values(l) AS CASE WHEN l IS NOT NULL THEN t__map_of(t__firsts(t__in_order(l))) END;
CREATE MACRO t__all_values(l) AS CASE WHEN l IS NOT NULL THEN map(list_transform(t__firsts(t__in_order(l)), lambda e: e.k),
  list_transform(t__firsts(t__in_order(l)), lambda e: list_transform(list_filter(l, lambda o: o.k = e.k), lambda o: o.v))) END;
CREATE MACRO t__counts(m) AS CASE WHEN m IS NOT NULL THEN map(map_keys(m), list_transform(map_values(m), lambda n: CAST(n AS BIGINT))) END;
CREATE MACRO t__map_keys(m) AS map_keys(m);
CREATE MACRO t__map_values(m) AS map_values(m);

-- Time
CREATE MACRO t__date(x) AS CAST(x AS DATE);
CREATE MACRO t__units(u, n) AS CASE lower(u) WHEN 'millisecond' THEN to_milliseconds(n) WHEN 'second' THEN to_seconds(n) WHEN 'minute' THEN to_minutes(n) WHEN 'hour' THEN to_hours(n)
  WHEN 'day' THEN to_days(CAST(n AS INTEGER)) WHEN 'week' THEN to_weeks(CAST(n AS INTEGER)) WHEN 'month' THEN to_months(CAST(n AS INTEGER))
  WHEN 'quarter' THEN to_months(CAST(3 * n AS INTEGER)) WHEN 'year' THEN to_years(CAST(n AS INTEGER)) ELSE to_days(CAST('INVALID_FUNCTION_ARGUMENT: not a valid TIMESTAMP field' AS INTEGER)) END;
CREATE MACRO t__date_unit(u) AS CASE WHEN lower(u) IN ('day', 'week', 'month', 'quarter', 'year') THEN u ELSE CAST(CAST('INVALID_FUNCTION_ARGUMENT: not a valid DATE field' AS INTEGER) AS VARCHAR) END;
CREATE MACRO t__year(d) AS year(d);
CREATE MACRO t__quarter(d) AS quarter(d);
CREATE MACRO t__month(d) AS month(d);
CREATE MACRO t__week(d) AS week(d);
CREATE MACRO t__week_of_year(d) AS week(d);
CREATE MACRO t__year_of_week(d) AS isoyear(d);
CREATE MACRO t__yow(d) AS isoyear(d);
CREATE MACRO t__day(d) AS day(d);
CREATE MACRO t__day_of_month(d) AS day(d);
CREATE MACRO t__day_of_week(d) AS isodow(d);
CREATE MACRO t__dow(d) AS isodow(d);
CREATE MACRO t__day_of_year(d) AS dayofyear(d);
CREATE MACRO t__doy(d) AS dayofyear(d);
CREATE MACRO t__hour(d) AS hour(d);
CREATE MACRO t__minute(d) AS minute(d);
CREATE MACRO t__second(d) AS second(d);
CREATE MACRO t__millisecond(d) AS millisecond(d) % 1000;
CREATE MACRO t__last_day_of_month(d) AS last_day(d);
CREATE MACRO t__now() AS now();
CREATE MACRO t__to_unixtime(t) AS epoch(t);
CREATE MACRO t__from_unixtime(n) AS to_timestamp(CAST(n AS DOUBLE));
CREATE MACRO t__from_iso8601_timestamp(s) AS CAST(CASE WHEN s IS NULL OR regexp_full_match(s, '\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?Z?)?') THEN s
  ELSE CAST(CAST('NOT_SUPPORTED: the local Athena reads ISO 8601 times in UTC' AS INTEGER) AS VARCHAR) END AS TIMESTAMPTZ);
CREATE MACRO t__from_iso8601_date(s) AS CAST(s AS DATE);
CREATE MACRO t__date_format(t, f) AS strftime(CAST(t AS TIMESTAMP), f);
CREATE MACRO t__date_parse(s, f) AS CAST(strptime(s, f) AS TIMESTAMP);
