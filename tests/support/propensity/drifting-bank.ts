import { normalCdf } from '#domain/mathematics/normal-distribution.ts';
import { type Dynamics, learn, type TrainingExample, usualDynamics } from '#domain/propensity/learn.ts';
import { basePrior } from '#domain/propensity/prior.ts';
import { emptyRecord, posteriorOf, probability } from '#domain/propensity/propensity-model.ts';
import { randomOf } from '#scripts/world/random.ts';
import type { BankCall } from './bank-marketing.ts';
import { calibrationError } from './prediction-quality.ts';

/** How the world changes from one day to the next. */
export const drifts = {
  'twice as many respond': (score: number) => score + 0.45,
  'half as many respond': (score: number) => score - 0.4,
  'every effect is turned round': (score: number, middle: number) => middle - 0.8 * (score - middle),
  'a third of the features change their effect': (score: number, _middle: number, shift: number) => score + shift,
} as const;
export type Drift = keyof typeof drifts;

const before = 15_000;
const asked = 10_000;

/**
 * Clients of the bank answer by a known probit of their features (`scoreOf`); after 15,000 responses the world drifts. Gives the
 * calibration error on fresh clients just before, just after, and when the model has seen so many responses more.
 */
export function calibrationAfterDrift(
  calls: readonly BankCall[],
  scoreOf: (call: BankCall) => number,
  {
    drift,
    seed,
    responses,
    dynamics = usualDynamics,
  }: { drift: Drift; seed: number; responses: number; dynamics?: Dynamics },
) {
  const random = randomOf(seed);
  const shifts = new Map<number, number>();
  const shiftOf = (feature: number) => {
    const known = shifts.get(feature) ?? (random.next() < 1 / 3 ? 0.6 * (random.next() - 0.5) : 0);
    shifts.set(feature, known);
    return known;
  };
  const middle = calls.reduce((sum, call) => sum + scoreOf(call), 0) / calls.length;
  const stays = (call: BankCall) => scoreOf(call);
  const changes = (call: BankCall) =>
    drifts[drift](
      scoreOf(call),
      middle,
      call.features.reduce((sum, feature) => sum + shiftOf(feature), 0),
    );

  const examples = (count: number, world: (call: BankCall) => number): TrainingExample[] =>
    Array.from({ length: count }, () => {
      const call = random.pick(calls);
      return { features: call.features, response: random.next() < normalCdf(world(call)), atMs: 0 };
    });
  const settled = learn({ record: emptyRecord, prior: basePrior }, examples(before, stays), dynamics);
  const followed = learn({ record: settled, prior: basePrior }, examples(responses, changes), dynamics);
  const errorOf = (record: typeof settled, world: (call: BankCall) => number) =>
    calibrationError(
      examples(asked, world).map(({ features, response }) => ({
        predicted: probability(posteriorOf({ record, prior: basePrior }, features)),
        response,
      })),
      'equal width',
    );
  return { before: errorOf(settled, stays), at: errorOf(settled, changes), after: errorOf(followed, changes) };
}
