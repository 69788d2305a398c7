/** A descent along a line in the space of prices: plain JSON. */
export interface Line {
  /** How space is dilated, by rows. */
  readonly metric: readonly (readonly number[])[];
  /** The sub-gradient where the line began. */
  readonly gradient: readonly number[];
  readonly direction: readonly number[];
  readonly step: number;
  readonly steps: number;
}

/** What lengths become across the difference of two sub-gradients. */
const dilation = 1 / 2;
/** A line that one step was too much for has shorter ones, one that goes on has longer ones after every third. */
const [shorter, longer, stepsBeforeLonger] = [0.8, 1.2, 3];

/** A line from a point with a sub-gradient. */
export function firstLine(metric: Line['metric'], gradient: readonly number[], step: number): Line {
  const seen = timesTransposed(metric, gradient);
  const length = Math.hypot(...seen);
  const unit = seen.map((one) => (length === 0 ? 0 : one / length));
  return { metric, gradient, direction: times(metric, unit), step, steps: 1 };
}

/**
 * The line after a step that led to a point with this sub-gradient: the same as long as it descends, else a new one.
 *
 * It is Shor's r-algorithm (“Minimization Methods for Non-Differentiable Functions”, 1985, chapter 3; the rule of the step as in
 * Stetsyuk, “Theory and software implementations of Shor's r-algorithms”, Cybernetics and Systems Analysis 2017): a sub-gradient
 * method that dilates space along the difference of two sub-gradients in turn, so that steps across a valley get short and steps along it
 * do not. A budget that is worth a million and a channel that is worth a hundred are found in about as many passes.
 */
export function nextLine(line: Line, gradient: readonly number[]): Line {
  const { metric, step, steps } = line;
  if (dot(gradient, line.direction) > 0) {
    const isLonger = (steps + 1) % stepsBeforeLonger === 0;
    return { ...line, steps: steps + 1, step: isLonger ? step * longer : step };
  }
  const difference = gradient.map((one, k) => one - (line.gradient[k] ?? 0));
  return firstLine(dilated(metric, difference), gradient, steps === 1 ? step * shorter : step);
}

function dilated(metric: Line['metric'], difference: readonly number[]): Line['metric'] {
  const seen = timesTransposed(metric, difference);
  const length = Math.hypot(...seen);
  if (length === 0) return metric;
  const unit = seen.map((one) => one / length);
  const image = times(metric, unit);
  return metric.map((row, k) => row.map((one, l) => one + (dilation - 1) * (image[k] ?? 0) * (unit[l] ?? 0)));
}

function dot(one: readonly number[], other: readonly number[]): number {
  return one.reduce((sum, each, k) => sum + each * (other[k] ?? 0), 0);
}

function times(metric: Line['metric'], vector: readonly number[]): number[] {
  return metric.map((row) => dot(row, vector));
}

function timesTransposed(metric: Line['metric'], vector: readonly number[]): number[] {
  return vector.map((_, l) => metric.reduce((sum, row, k) => sum + (row[l] ?? 0) * (vector[k] ?? 0), 0));
}
