import type { Calibration, Residuals, Tally } from './calibration.ts';

/** How good a model's predictions were when they were made, over its latest some thousand responses. */
export interface CalibrationReport {
  /** Responses that count, faded with age. */
  readonly responses: number;
  /** The reliability curve: ten groups of equally many responses by rising prediction (fewer when many are alike). */
  readonly reliability: readonly ReliabilityPoint[];
  /** Expected calibration error: mean of |predicted − came| over the groups, weighted by their responses. */
  readonly ece: number | undefined;
  /** Chance that a positive response had a higher prediction than a negative one; undefined without both. */
  readonly auc: number | undefined;
  readonly drift: Drift;
}

export interface ReliabilityPoint {
  readonly responses: number;
  readonly predicted: number;
  readonly came: number;
}

/**
 * How surprising the newest some hundred responses are, in standard deviations of chance: `level` when more (or, negative,
 * fewer) came than predicted, `slope` when they came more than predicted where much was predicted. Beyond ±3 it is drift.
 */
export interface Drift {
  readonly level: number;
  readonly slope: number;
}

const groups = 10;

/** Reads a model's calibration. */
export function calibrationReport({ bins, recent }: Calibration): CalibrationReport {
  const tallies = [...bins].sort(([a], [b]) => a - b).map(([, tally]) => tally);
  const responses = tallies.reduce((sum, tally) => sum + tally.responses, 0);
  const reliability = grouped(tallies, responses / groups);
  const error = reliability.reduce((sum, point) => sum + point.responses * Math.abs(point.predicted - point.came), 0);
  return {
    responses,
    reliability,
    ece: responses > 0 ? error / responses : undefined,
    auc: aucOf(tallies),
    drift: driftOf(recent),
  };
}

/** Joins neighbouring bins until a group has its share of the responses. */
function grouped(tallies: readonly Tally[], share: number): ReliabilityPoint[] {
  const points: ReliabilityPoint[] = [];
  let open = { responses: 0, positives: 0, predicted: 0 };
  let done = 0;
  for (const [index, tally] of tallies.entries()) {
    open = {
      responses: open.responses + tally.responses,
      positives: open.positives + tally.positives,
      predicted: open.predicted + tally.predicted,
    };
    const isFull = done + open.responses >= (points.length + 1) * share * (1 - 1e-9);
    if (open.responses > 0 && (isFull || index === tallies.length - 1)) {
      const { responses, positives, predicted } = open;
      points.push({ responses, predicted: predicted / responses, came: positives / responses });
      done += responses;
      open = { responses: 0, positives: 0, predicted: 0 };
    }
  }
  return points;
}

/** Area under the curve from bins: a pair within one bin counts half. */
function aucOf(tallies: readonly Tally[]): number | undefined {
  let negativesBelow = 0;
  let positives = 0;
  let won = 0;
  for (const tally of tallies) {
    const negatives = Math.max(0, tally.responses - tally.positives);
    won += tally.positives * (negativesBelow + negatives / 2);
    negativesBelow += negatives;
    positives += tally.positives;
  }
  return positives > 0 && negativesBelow > 0 ? won / (positives * negativesBelow) : undefined;
}

function driftOf({ level, levelVariance, slope, slopeVariance }: Residuals): Drift {
  const deviations = (sum: number, variance: number) => (variance > 0 ? sum / Math.sqrt(variance) : 0);
  return { level: deviations(level, levelVariance), slope: deviations(slope, slopeVariance) };
}
