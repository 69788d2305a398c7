/** One line of the bench's table. */
export interface BenchRow {
  readonly what: string;
  readonly result: string;
  /** The same number of something else that does such work, as a ratio. */
  readonly beside?: string;
  readonly goal?: string;
  /** `met`, or by how much the goal was missed and what bounds it. */
  readonly verdict?: string;
}

/** A goal for a number and whether it was met; `bound` says what stands in the way where it was not. */
export function againstGoal(
  value: number,
  goal: { readonly atMost: number } | { readonly atLeast: number },
  unit: string,
  bound?: string,
): Required<Pick<BenchRow, 'goal' | 'verdict'>> {
  const isCeiling = 'atMost' in goal;
  const limit = isCeiling ? goal.atMost : goal.atLeast;
  const isMet = isCeiling ? value <= limit : value >= limit;
  const missed = `missed by ${Number(Math.abs(value - limit).toPrecision(2))} ${unit}`;
  return {
    goal: `${isCeiling ? '≤' : '≥'} ${limit.toLocaleString('en-GB')} ${unit}`,
    verdict: isMet ? 'met' : bound === undefined ? missed : `${missed}: ${bound}`,
  };
}

/** The one table that a bench writes. */
export function benchTable(rows: readonly BenchRow[]): string[] {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(['what', 'result', 'beside', 'goal', 'verdict']),
    '|---|---:|---|---:|---|',
    ...rows.map(({ what, result, beside = '', goal = '', verdict = '' }) =>
      line([what, result, beside, goal, verdict]),
    ),
  ];
}
