/** A Markdown table: the first column is text, the others are numbers. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), `|---|${'---:|'.repeat(head.length - 1)}`, ...rows.map(line)];
}

/** A count to three significant digits with separators of thousands. */
export function inThousands(count: number): string {
  return Number(count.toPrecision(3)).toLocaleString('en-GB');
}

/** The middle of some numbers, the upper one of two. */
export function median(numbers: readonly number[]): number {
  return quantile(numbers, 0.5);
}

/** The number that this share of some numbers is below; NaN of none. */
export function quantile(numbers: readonly number[], share: number): number {
  const at = Math.min(numbers.length - 1, Math.floor(numbers.length * share));
  return numbers.toSorted((a, b) => a - b)[at] ?? Number.NaN;
}
