/** A prediction with what came; without a weight it counts as one. */
export interface Prediction {
  readonly predicted: number;
  readonly response: boolean;
  readonly weight?: number;
}

const groups = 10;
const weightOf = ({ weight = 1 }: Prediction) => weight;

/** Area under the ROC curve: chance that a positive response had the higher prediction; equal ones count half. */
export function areaUnderCurve(predictions: readonly Prediction[]): number {
  let [below, won, positives] = [0, 0, 0];
  const equals = Map.groupBy(
    predictions.toSorted((a, b) => a.predicted - b.predicted),
    ({ predicted }) => predicted,
  );
  for (const tied of equals.values()) {
    const positive = tied.filter(({ response }) => response).reduce((sum, each) => sum + weightOf(each), 0);
    const negative = tied.filter(({ response }) => !response).reduce((sum, each) => sum + weightOf(each), 0);
    won += positive * (below + negative / 2);
    below += negative;
    positives += positive;
  }
  return won / (positives * below);
}

/**
 * Expected calibration error: the mean over ten groups of |what was predicted − what came|, weighted by size. Groups are a tenth of
 * the scale each (Guo et al. 2017), or a tenth of the predictions each, which sees more where rates are low.
 */
export function calibrationError(predictions: readonly Prediction[], by: 'equal width' | 'equal mass'): number {
  const total = predictions.reduce((sum, each) => sum + weightOf(each), 0);
  let passed = 0;
  const errors = new Map<number, number>();
  for (const each of predictions.toSorted((a, b) => a.predicted - b.predicted)) {
    const group = Math.min(groups - 1, Math.floor(groups * (by === 'equal width' ? each.predicted : passed / total)));
    passed += weightOf(each);
    errors.set(group, (errors.get(group) ?? 0) + weightOf(each) * (each.predicted - (each.response ? 1 : 0)));
  }
  return [...errors.values()].reduce((sum, error) => sum + Math.abs(error), 0) / total;
}
