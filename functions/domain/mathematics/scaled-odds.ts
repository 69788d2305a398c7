/** Odds are multiplied by 2^40 at most either way. */
const mostDoublings = 40;
const halvings = 60;

/**
 * Probabilities that add up to `total`: the odds of all are multiplied by one number, so that what is certain or impossible stays so,
 * what is possible stays possible, and their order is kept. Where no number does (more are certain, or fewer possible, than
 * `total`) the sum comes as near as it can. It is calibration with the logit distance of Deville and Särndal (1992).
 */
export function scaledOdds(probabilities: readonly number[], total: number): number[] {
  const scaledBy = (doublings: number) => {
    const factor = 2 ** doublings;
    return probabilities.map((probability) => (factor * probability) / (factor * probability + (1 - probability)));
  };
  let [low, high] = [-mostDoublings, mostDoublings];
  for (let halving = 0; halving < halvings; halving += 1) {
    const middle = (low + high) / 2;
    if (sum(scaledBy(middle)) > total) high = middle;
    else low = middle;
  }
  return scaledBy(low);
}

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
