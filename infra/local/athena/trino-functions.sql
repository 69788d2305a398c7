-- Trino's scalar functions in DuckDB's words: t__<name> is what a query's <name>(…) becomes.
-- A function that is not here is refused by name. Expected values: tests/unit/local/athena-dialect.cases.ts.

-- Support. An error has to come from a cast, because TRY does not take error().
CREATE MACRO t__nonzero(n) AS CASE WHEN n = 0 THEN CAST('DIVISION_BY_ZERO: Division by zero' AS INTEGER) ELSE n END;
CREATE MACRO t__divide_half_up(a, b) AS sign(a) * sign(b) * ((abs(a) * 2 + abs(t__nonzero(b))) // (2 * abs(b)));
CREATE MACRO t__whole_text(s) AS CASE WHEN s IS NULL OR regexp_full_match(s, '[+-]?[0-9]+') THEN s
  ELSE CAST(CAST('INVALID_CAST_ARGUMENT: not a whole number' AS INTEGER) AS VARCHAR) END;
CREATE MACRO t__subscript(list, i) AS list[CASE WHEN i BETWEEN 1 AND len(list) THEN i
  ELSE CAST('INVALID_FUNCTION_ARGUMENT: Array subscript out of bounds' AS BIGINT) END];

-- Conditional
CREATE MACRO t__if(c, a) AS CASE WHEN c THEN a END, (c, a, b) AS CASE WHEN c THEN a ELSE b END;
CREATE MACRO t__try(x) AS TRY(x);
CREATE MACRO t__greatest(a, b) AS CASE WHEN a IS NULL OR b IS NULL THEN NULL ELSE greatest(a, b) END,
  (a, b, c) AS CASE WHEN a IS NULL OR b IS NULL OR c IS NULL THEN NULL ELSE greatest(a, b, c) END;
CREATE MACRO t__least(a, b) AS CASE WHEN a IS NULL OR b IS NULL THEN NULL ELSE least(a, b) END,
  (a, b, c) AS CASE WHEN a IS NULL OR b IS NULL OR c IS NULL THEN NULL ELSE least(a, b, c) END;

-- Text
CREATE MACRO t__lower(s) AS lower(s);
CREATE MACRO t__upper(s) AS upper(s);
CREATE MACRO t__substr(s, f) AS substr(s, f), (s, f, n) AS substr(s, f, n);
CREATE MACRO t__strpos(s, p) AS CAST(strpos(s, p) AS BIGINT);

-- Bytes and hashes
CREATE MACRO t__to_utf8(s) AS encode(s);
CREATE MACRO t__from_utf8(b) AS decode(b);
CREATE MACRO t__sha256(b) AS unhex(sha256(b));
CREATE MACRO t__to_hex(b) AS hex(b);
CREATE MACRO t__from_hex(s) AS unhex(s);

-- Arrays
CREATE MACRO t__cardinality(l) AS CAST(len(l) AS BIGINT);
CREATE MACRO t__contains(l, x) AS list_contains(l, x);

-- Time
CREATE MACRO t__date_trunc(u, d DATE) AS CAST(date_trunc(u, d) AS DATE), (u, d TIMESTAMP) AS date_trunc(u, d), (u, d TIMESTAMPTZ) AS date_trunc(u, d);
CREATE MACRO t__date_diff(u, a, b) AS date_sub(u, a, b);
CREATE MACRO t__year(d) AS year(d);
CREATE MACRO t__month(d) AS month(d);
CREATE MACRO t__day(d) AS day(d);
