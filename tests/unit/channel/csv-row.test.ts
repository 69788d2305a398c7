import '#support/property-seed.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvRow } from '#domain/channel/csv-row.ts';

/** A reader of RFC 4180, as spreadsheets have: cells of one row. */
function cellsOf(row: string): string[] {
  const cells: string[] = [];
  for (const [, cell = ''] of row.matchAll(/"((?:[^"]|"")*)"(?:,|\r\n)/g)) cells.push(cell.replaceAll('""', '"'));
  return cells;
}

const hostile = fc
  .tuple(
    fc.array(fc.constantFrom(' ', '\t', '\r', '\n', '"', "'", ',', ';', '\u00a0', '\u2028', '\ufeff'), {
      maxLength: 3,
    }),
    fc.constantFrom('=', '+', '-', '@', '＝', '＋', '－', '＠', '|', '%', ''),
    fc.oneof(fc.constantFrom("cmd|' /C calc'!A0", 'HYPERLINK("http://x")', '1+1', 'SUM(A1:A9)'), fc.string()),
  )
  .map(([before, sign, rest]) => `${before.join('')}${sign}${rest}`);

test('no cell begins as a formula, whatever stands before its sign', () => {
  fc.assert(
    fc.property(fc.array(hostile, { minLength: 1, maxLength: 5 }), (cells) => {
      for (const cell of cellsOf(csvRow(cells)))
        expect(cell.replace(/^[\s\ufeff]+/u, '')).not.toMatch(/^[=+\-@＝＋－＠|%]/u);
    }),
  );
});

test('a row is one line of as many cells as it was given, and says what they said', () => {
  fc.assert(
    fc.property(fc.array(hostile, { minLength: 1, maxLength: 5 }), (cells) => {
      const row = csvRow(cells);
      expect(row.slice(0, -2)).not.toMatch(/[\r\n\t]/);
      const plain = (text: string) => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
      expect(
        cellsOf(row).map((cell, index) =>
          cell.startsWith("'") && !cells[index]?.startsWith("'") ? cell.slice(1) : cell,
        ),
      ).toEqual(cells.map((cell) => (cell.startsWith("'") ? cellsOf(csvRow([cell]))[0] : plain(cell))));
    }),
  );
});

test.each([
  ['plain', '"plain"\r\n'],
  ['a "b", c', '"a ""b"", c"\r\n'],
  ['=1+1', '"\'=1+1"\r\n'],
  ['-2', '"\'-2"\r\n'],
])('%s', (cell, row) => {
  expect(csvRow([cell])).toBe(row);
});
