/** The line of a query that an engine's words name, with marks under the place; undefined when they name none. */
export function pointAt(sql: string, reason: string): string | undefined {
  const [, lineNumber, column] = /\bline (\d+):(\d+)/.exec(reason) ?? [];
  const line = sql.split('\n')[Number(lineNumber) - 1];
  if (lineNumber === undefined || line === undefined) return undefined;
  const before = line.slice(0, Number(column) - 1);
  const [word = ' '] = /^(\w+|"[^"]*"|'[^']*')/.exec(line.slice(before.length)) ?? [];
  const gutter = ' '.repeat(lineNumber.length);
  return `  ${lineNumber} | ${line}\n  ${gutter} | ${before.replaceAll(/[^\t]/g, ' ')}${'^'.repeat(word.length)}`;
}
