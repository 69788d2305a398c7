/**
 * A row of CSV (RFC 4180) that no spreadsheet reads as a formula. What begins as one gets an apostrophe before it, which
 * spreadsheets don't show (https://owasp.org/www-community/attacks/CSV_Injection): also after spaces, and full-width signs, which some read as the plain
 * ones. Line breaks and tabs, at which a reader may begin another cell, become spaces.
 */
export function csvRow(cells: readonly string[]): string {
  return `${cells.map(csvCell).join(',')}\r\n`;
}

const formula = /^[\s"';,|]*[=+\-@＝＋－＠|%]/u;

function csvCell(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
  const safe = formula.test(line) ? `'${line}` : line;
  return `"${safe.replaceAll('"', '""')}"`;
}
