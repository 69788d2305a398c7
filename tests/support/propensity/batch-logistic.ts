import type { FeatureVector } from '#domain/propensity/feature-vector.ts';

/** A response with the features it is to be explained by. */
export interface Example {
  readonly features: FeatureVector;
  readonly response: boolean;
}

const ridge = 1;
const mostSteps = 12;

/**
 * Logistic regression on all examples at once, with a ridge penalty of 1 on all weights but the intercept (scikit-learn's C = 1), by
 * Newton's method. Gives the predicted probability of a vector.
 */
export function batchLogistic(examples: readonly Example[]): (features: FeatureVector) => number {
  const columns = new Map<number, number>([[-1, 0]]);
  for (const { features } of examples)
    for (const each of features) if (!columns.has(each)) columns.set(each, columns.size);
  const rows = examples.map(({ features }) => [0, ...features.map((each) => columns.get(each) ?? 0)]);
  const labels = examples.map(({ response }) => (response ? 1 : 0));
  const weights = new Float64Array(columns.size);
  for (let step = 0; step < mostSteps; step += 1) {
    const change = newtonStep(rows, labels, weights);
    for (const [index, each] of change.entries()) weights[index] = (weights[index] ?? 0) - each;
    if (change.every((each) => Math.abs(each) < 1e-4)) break;
  }
  return (features) => {
    const score = features.reduce(
      (sum, each) => sum + (weights[columns.get(each) ?? weights.length] ?? 0),
      weights[0] ?? 0,
    );
    return 1 / (1 + Math.exp(-score));
  };
}

function newtonStep(rows: readonly number[][], labels: readonly number[], weights: Float64Array): Float64Array {
  const size = weights.length;
  const hessian = new Float64Array(size * size);
  const gradient = new Float64Array(size);
  for (const [index, row] of rows.entries()) {
    let score = 0;
    for (const column of row) score += weights[column] ?? 0;
    const p = 1 / (1 + Math.exp(-score));
    for (const a of row) {
      gradient[a] = (gradient[a] ?? 0) + p - (labels[index] ?? 0);
      for (const b of row) if (b <= a) hessian[a * size + b] = (hessian[a * size + b] ?? 0) + p * (1 - p);
    }
  }
  for (let column = 0; column < size; column += 1) {
    const penalty = column === 0 ? 1e-6 : ridge;
    hessian[column * size + column] = (hessian[column * size + column] ?? 0) + penalty;
    gradient[column] = (gradient[column] ?? 0) + penalty * (weights[column] ?? 0);
  }
  return solve(hessian, gradient);
}

/** Solves a symmetric positive definite system by Cholesky's decomposition; both arguments are overwritten. */
function solve(matrix: Float64Array, right: Float64Array): Float64Array {
  const size = right.length;
  const at = (row: number, column: number) => matrix[row * size + column] ?? 0;
  for (let column = 0; column < size; column += 1) {
    for (let before = 0; before < column; before += 1) {
      const factor = at(column, before);
      if (factor === 0) continue;
      for (let row = column; row < size; row += 1)
        matrix[row * size + column] = at(row, column) - at(row, before) * factor;
    }
    const root = Math.sqrt(at(column, column));
    for (let row = column; row < size; row += 1) matrix[row * size + column] = at(row, column) / root;
  }
  for (let row = 0; row < size; row += 1) {
    let sum = right[row] ?? 0;
    for (let column = 0; column < row; column += 1) sum -= at(row, column) * (right[column] ?? 0);
    right[row] = sum / at(row, row);
  }
  for (let row = size - 1; row >= 0; row -= 1) {
    let sum = right[row] ?? 0;
    for (let column = row + 1; column < size; column += 1) sum -= at(column, row) * (right[column] ?? 0);
    right[row] = sum / at(row, row);
  }
  return right;
}
