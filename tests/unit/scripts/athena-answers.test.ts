import fc from 'fast-check';
import { expect, test } from 'vitest';
import { answerAsCsv } from '#scripts/athena/answer-as-csv.ts';
import { answerAsJson } from '#scripts/athena/answer-as-json.ts';
import { answerAsTable } from '#scripts/athena/answer-as-table.ts';
import type { QueryAnswer } from '#scripts/athena/athena-query.ts';
import { pointAt } from '#scripts/athena/point-at.ts';

const answer = (columns: Record<string, string>, ...rows: readonly (readonly (string | null)[])[]): QueryAnswer => ({
  columns: Object.keys(columns),
  types: Object.values(columns),
  rows: rows.map((row) => Object.fromEntries(Object.keys(columns).map((name, index) => [name, row[index] ?? null]))),
  scannedBytes: 0,
  milliseconds: 0,
});

test('shows a table in which NULL, the text NULL and the empty text differ, and a row is a line', () => {
  const rows = [
    ['1', 'web'],
    ['20', null],
    [null, 'NULL'],
    ['3', ''],
    ['4', 'a\nb\t\u001b[31m'],
  ] as const;
  expect(answerAsTable(answer({ n: 'bigint', text: 'varchar' }, ...rows)).split('\n')).toEqual([
    '   n  text',
    '────  ────────────────',
    '   1  web',
    '  20  NULL',
    'NULL  "NULL"',
    '   3  ""',
    '   4  a\\nb\\t\\u001b[31m',
  ]);
});

test('prints CSV in which NULL is nothing and an empty text is quoted', () => {
  const rows = [
    ['a,b', null, ''],
    ['say "no"', 'NULL', 'two\nlines'],
  ] as const;
  expect(answerAsCsv(answer({ 'the text': 'varchar', b: 'varchar', c: 'varchar' }, ...rows))).toBe(
    'the text,b,c\r\n"a,b",,""\r\n"say ""no""",NULL,"two\nlines"\r\n',
  );
});

test('prints CSV that reads back as it was, whatever the values are', () => {
  const value = fc.option(fc.string({ unit: 'binary' }));
  fc.assert(
    fc.property(fc.array(fc.tuple(value, value), { maxLength: 5 }), (rows) => {
      const [head, ...read] = readCsv(answerAsCsv(answer({ a: 'varchar', b: 'varchar' }, ...rows)));
      expect([head, read]).toEqual([['a', 'b'], rows]);
    }),
  );
});

/** A reader of RFC 4180 that tells nothing from an empty text. */
function readCsv(text: string): (string | null)[][] {
  return text
    .split(/\r\n(?=(?:[^"]*"[^"]*")*[^"]*$)/)
    .slice(0, -1)
    .map((line) =>
      [...`${line},`.matchAll(/("(?:[^"]|"")*"|[^,]*),/g)].map(([, field = '']) => {
        if (field === '') return null;
        return field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field;
      }),
    );
}

test('prints one JSON array with a row a line; numbers keep all their digits, and what is none is text', () => {
  const columns = { n: 'bigint', d: 'double', b: 'boolean', t: 'varchar', a: 'array(bigint)' };
  const rows = [
    ['9007199254740993', '0.1', 'true', '5', '[1, 2]'],
    [null, 'NaN', 'false', null, null],
  ] as const;
  const text = answerAsJson(answer(columns, ...rows));
  expect(text).toBe(
    '[\n{"n":9007199254740993,"d":0.1,"b":true,"t":"5","a":"[1, 2]"},\n{"n":null,"d":"NaN","b":false,"t":null,"a":null}\n]\n',
  );
  expect(JSON.parse(text)).toHaveLength(2);
  expect(answerAsJson(answer(columns))).toBe('[]\n');
});

test.each([
  ['SELECT x FROM t', `line 1:8: Column 'x' cannot be resolved`, '  1 | SELECT x FROM t\n    |        ^'],
  ['SELECT 1\nFROM nowhere', 'TABLE_NOT_FOUND: line 2:6: Table', '  2 | FROM nowhere\n    |      ^^^^^^^'],
  ['\tSELECT "a b"', 'line 1:9: Column', '  1 | \tSELECT "a b"\n    | \t       ^^^^^'],
  ['SELECT (', `line 1:9: mismatched input '<EOF>'`, '  1 | SELECT (\n    |         ^'],
  ['SELECT 1', 'line 9:9: Column', undefined],
  ['SELECT 1', 'Access denied', undefined],
])('points in %j at the place of %j', (sql, reason, shown) => {
  expect(pointAt(sql, reason)).toBe(shown);
});
