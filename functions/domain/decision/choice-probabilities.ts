import { normalCdf, normalQuantile } from '#domain/mathematics/normal-distribution.ts';
import { normalStream } from '#domain/mathematics/random-stream.ts';
import { scaledOdds } from '#domain/mathematics/scaled-odds.ts';
import { type Contender, scoreAt } from './contender.ts';

/** Scores beyond this many standard deviations do not happen: 1 in 1.7 million. */
const farthest = 5;
/** Scores that may be drawn for one placement: more contenders get fewer draws. */
const mostScores = 2048;
const draws = { least: 16, most: 64 };

/**
 * For each contender the probability that Thompson sampling shows it among the `limit` best offers: mandatory ones first, then
 * those with a score of zero or more. It averages, over draws of all the others, the exact probability of the contender's own
 * draw being good enough (a Rao-Blackwellised estimate), so that whatever can be shown has a probability above zero. Their sum is
 * no more than the places, and exactly the places where all are filled for certain. Draws come from the seed.
 */
export function choiceProbabilities(contenders: readonly Contender[], limit: number, seed: string): number[] {
  const all = contenders.map((contender, index) => ({ contender, index }));
  const mandatory = all.filter(({ contender }) => contender.isMandatory);
  const taken = new Set(mandatory.map(({ contender }) => contender.offerId));
  const others = all.filter(({ contender }) => !taken.has(contender.offerId));
  const probabilities = contenders.map(() => 0);
  for (const [own, places, floor] of [
    [mandatory, limit, Number.NEGATIVE_INFINITY],
    [others, limit - taken.size, 0],
  ] as const) {
    const found = probabilitiesAmong(
      own.map(({ contender }) => contender),
      { places, floor, seed },
    );
    for (const [place, { index }] of own.entries()) probabilities[index] = found[place] ?? 0;
  }
  return probabilities;
}

/** What contenders compete for: places, and the score that is needed at least. */
interface Race {
  readonly places: number;
  readonly floor: number;
  readonly seed: string;
}

function probabilitiesAmong(contenders: readonly Contender[], { places, floor, seed }: Race): number[] {
  const sums = contenders.map(() => 0);
  if (places <= 0 || contenders.length === 0) return sums;
  const certain = certainScore(contenders, places);
  const bar = Math.max(floor, certain);
  const able = contenders
    .map((contender, index) => ({ contender, index }))
    .filter(({ contender }) => scoreAt(contender, farthest) >= bar);
  const normal = normalStream(seed);
  const race = standings(
    able.map(({ contender }) => contender.offerId),
    places,
    floor,
  );
  const rounds = Math.max(draws.least, Math.min(draws.most, Math.floor(mostScores / able.length)));
  for (let round = 0; round < rounds; round += 1) {
    const scores = able.map(({ contender }) =>
      contender.deviation === 0 ? withTie(contender) : scoreAt(contender, normal()),
    );
    const thresholdAt = race(scores);
    for (const [place, { contender, index }] of able.entries()) {
      sums[index] = (sums[index] ?? 0) + probabilityAbove(contender, thresholdAt(place), scores[place] ?? 0);
    }
  }
  const probabilities = sums.map((sum) => sum / rounds);
  const isFilled = Number.isFinite(certain) && certain >= floor;
  // How much they miss the places by is the noise of few draws.
  return isFilled || sumOf(probabilities) > places ? scaledOdds(probabilities, places) : probabilities;
}

const sumOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);

/** A score that the last place has at least, whatever is drawn, if no floor keeps it empty: −∞ where offers are fewer than places. */
function certainScore(contenders: readonly Contender[], places: number): number {
  const worst = new Map<string, number>();
  for (const contender of contenders) {
    const score = scoreAt(contender, -farthest);
    worst.set(contender.offerId, Math.max(score, worst.get(contender.offerId) ?? score));
  }
  return [...worst.values()].sort((a, b) => b - a)[places - 1] ?? Number.NEGATIVE_INFINITY;
}

/**
 * What each must score to be shown, the scores of the others given: as much as its offer's other treatments and as the offer in
 * the last place. It is asked for every draw, so that it keeps its lists between them.
 */
function standings(offerIds: readonly string[], places: number, floor: number) {
  const numbers = new Map([...new Set(offerIds)].map((offerId, number) => [offerId, number]));
  const offerOf = Int32Array.from(offerIds, (offerId) => numbers.get(offerId) ?? 0);
  const first = new Float64Array(numbers.size);
  const second = new Float64Array(numbers.size);
  const holder = new Int32Array(numbers.size);
  const none = Number.NEGATIVE_INFINITY;
  /** Scores of the offers in the places, and of the one after them; the best first. */
  const top = new Float64Array(places + 1);

  return (scores: readonly number[]): ((place: number) => number) => {
    first.fill(none);
    second.fill(none);
    top.fill(none);
    for (let place = 0; place < scores.length; place += 1) {
      const score = scores[place] ?? none;
      const offer = offerOf[place] ?? 0;
      if (score > (first[offer] ?? none)) {
        second[offer] = first[offer] ?? none;
        first[offer] = score;
        holder[offer] = place;
      } else if (score > (second[offer] ?? none)) second[offer] = score;
    }
    for (const score of first) {
      if (score <= (top[places] ?? none)) continue;
      let at = places;
      for (; at > 0 && score > (top[at - 1] ?? none); at -= 1) top[at] = top[at - 1] ?? none;
      top[at] = score;
    }
    const last = top[places - 1] ?? none;
    const next = top[places] ?? none;
    return (place) => {
      const offer = offerOf[place] ?? 0;
      const own = first[offer] ?? none;
      const sibling = holder[offer] === place ? (second[offer] ?? none) : own;
      // Without its own offer the others move up where that offer has one of the places.
      return Math.max(floor, sibling, own >= last ? next : last);
    };
  };
}

function probabilityAbove(contender: Contender, threshold: number, score: number): number {
  const { deviation, weight, offset, mean } = contender;
  if (deviation === 0) return score >= threshold ? 1 : 0;
  const needed = (threshold + offset) / weight;
  if (needed <= 0) return 1;
  if (needed >= 1) return 0;
  return normalCdf((mean - normalQuantile(needed)) / deviation);
}

/** Scores that never vary may be equal; then ties decide, as they do in arbitration. */
function withTie(contender: Contender): number {
  const score = scoreAt(contender, 0);
  return score + contender.tie * 2 ** -40 * Math.max(1, Math.abs(score));
}
