/** A row of texts; undefined is NULL. */
export type TextRow = readonly (string | undefined)[];

/** Athena's CSV: every value quoted, quotes doubled, NULL as nothing between the commas. */
export function resultCsv(rows: readonly TextRow[]): string {
  return rows
    .map((row) => `${row.map((cell) => (cell === undefined ? '' : `"${cell.replaceAll('"', '""')}"`)).join(',')}\n`)
    .join('');
}

const cellPattern = /(?:"((?:[^"]|"")*)"|)(,|\n)/gy;

/** Reads what `resultCsv` wrote. */
export function readResultCsv(csv: string): readonly TextRow[] {
  const rows: (string | undefined)[][] = [];
  let row: (string | undefined)[] = [];
  for (const [, cell, end] of csv.matchAll(cellPattern)) {
    row.push(cell?.replaceAll('""', '"'));
    if (end === '\n') {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}
