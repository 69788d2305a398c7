import { describe, expect, test } from 'vitest';
import { normalQuantile } from '#domain/mathematics/normal-distribution.ts';
import { calibrationReport } from '#domain/propensity/calibration-report.ts';
import { type Dynamics, learn, usualDynamics } from '#domain/propensity/learn.ts';
import { decodeModel, encodeModel } from '#domain/propensity/model-codec.ts';
import { basePrior } from '#domain/propensity/prior.ts';
import { emptyRecord, posteriorOf, probability } from '#domain/propensity/propensity-model.ts';
import { randomOf } from '#scripts/world/random.ts';
import { type BankCall, bankMarketing, readBankCalls } from '#support/propensity/bank-marketing.ts';
import { batchLogistic } from '#support/propensity/batch-logistic.ts';
import { calibrationAfterDrift, type Drift, drifts } from '#support/propensity/drifting-bank.ts';
import { areaUnderCurve, calibrationError, type Prediction } from '#support/propensity/prediction-quality.ts';
import { sizeOf } from '#support/size-of.ts';

const folds = 5;
/** Folds that are held out in turn, and worlds of a drift. */
const [testedFolds, worlds] = sizeOf({ part: [2, [1, 2]], whole: [folds, [1, 2, 3, 4]] });
const seed = 42;
/** Milliseconds; alone it takes some 20 s. */
const longest = 300_000;
const tell = (text: string) => process.stdout.write(`${text}\n`);
const mean = (numbers: readonly number[]) => numbers.reduce((sum, each) => sum + each, 0) / numbers.length;

const subject = bankMarketing.missing || 'on the calls of a bank, without their duration';

describe.skipIf(bankMarketing.missing)(subject, () => {
  const calls = bankMarketing.missing ? [] : readBankCalls();

  const trueScores = once(() => {
    const truth = batchLogistic(calls.filter((_, index) => index % 3 === 0));
    return new Map(calls.map((call) => [call, normalQuantile(truth(call.features))]));
  });

  test(
    'one pass comes within 0.01 of batch logistic regression on the same features, with an ECE of at most 0.02',
    () => {
      const foldOf = stratifiedFolds(calls);
      const results = Array.from({ length: testedFolds }, (_, fold) => {
        const train = shuffled(calls.filter((_call, index) => foldOf[index] !== fold));
        const unseen = calls.filter((_call, index) => foldOf[index] === fold);
        const online = onePass(train);
        const batch = batchLogistic(train);
        return {
          online: quality(unseen, online.predict),
          batch: quality(unseen, batch),
          bytes: online.bytes,
          own: online.own,
        };
      });
      for (const { online, batch, bytes, own } of results) {
        tell(
          `bank, one fold: AUC ${online.auc.toFixed(4)} (batch ${batch.auc.toFixed(4)}), ECE ${online.ece.toFixed(4)}, equal mass ` +
            `${online.eceByMass.toFixed(4)} (batch ${batch.ece.toFixed(4)}, ${batch.eceByMass.toFixed(4)}); in the record ` +
            `AUC ${own.auc?.toFixed(4)}, ECE ${own.ece?.toFixed(4)}; ${bytes} bytes`,
        );
      }
      const [auc, batchAuc] = [
        mean(results.map(({ online }) => online.auc)),
        mean(results.map(({ batch }) => batch.auc)),
      ];
      const ece = mean(results.map(({ online }) => online.ece));
      const eceByMass = mean(results.map(({ online }) => online.eceByMass));
      tell(
        `bank, mean of ${testedFolds} folds, seed ${seed}: AUC ${auc.toFixed(4)}, batch ${batchAuc.toFixed(4)} (scikit-learn on raw columns 0.7655); ` +
          `ECE ${ece.toFixed(4)}, equal mass ${eceByMass.toFixed(4)}`,
      );
      expect(auc).toBeGreaterThan(batchAuc - 0.01);
      expect(auc).toBeGreaterThan(0.7655 - 0.01);
      expect(ece).toBeLessThanOrEqual(0.02);
      expect(eceByMass).toBeLessThanOrEqual(0.02);
      for (const { online } of results) expect(online.ece).toBeLessThanOrEqual(0.02);
      for (const { bytes } of results) expect(bytes).toBeLessThan(40_000);
    },
    longest,
  );

  test(
    'averaging the weights and mapping the score calibrate better than the bare update',
    () => {
      const scores = trueScores();
      const errorsOf = (dynamics: Dynamics) =>
        worlds.flatMap((run) => {
          const setting = { drift: 'twice as many respond', seed: run, responses: 5000, dynamics } as const;
          const { before, after } = calibrationAfterDrift(calls, (call) => scores.get(call) ?? 0, setting);
          return [before, after];
        });
      const means = [
        { name: 'usual', dynamics: usualDynamics },
        { name: 'without the map', dynamics: { ...usualDynamics, mapHalfLife: 1e-3 } },
        { name: 'bare', dynamics: { ...usualDynamics, averaging: 1e-3, mapHalfLife: 1e-3 } },
      ].map(({ name, dynamics }) => {
        const errors = errorsOf(dynamics);
        tell(
          `update, ${name}: ECE ${mean(errors).toFixed(4)}, worst of ${errors.length} ${Math.max(...errors).toFixed(4)}`,
        );
        return mean(errors);
      });
      const [usual = 1, , bare = 0] = means;
      expect(usual).toBeLessThan(bare);
    },
    longest,
  );

  test(
    'in the order of time, through the drift of a financial crisis, stays calibrated',
    () => {
      const { own, bytes } = onePass(calls);
      const predictions: Prediction[] = [];
      let record = emptyRecord;
      for (let start = 0; start < calls.length; start += 100) {
        const batch = calls.slice(start, start + 100);
        const model = { record, prior: basePrior };
        for (const { features, response } of batch) {
          predictions.push({ predicted: probability(posteriorOf(model, features)), response });
        }
        record = learn(
          model,
          batch.map(({ features, response }) => ({ features, response, atMs: 0 })),
        );
      }
      const ece = calibrationError(predictions, 'equal width');
      tell(
        `bank, by time, each predicted before it is learned in batches of 100: ECE ${ece.toFixed(4)}, equal mass ` +
          `${calibrationError(predictions, 'equal mass').toFixed(4)}, AUC ${areaUnderCurve(predictions).toFixed(4)}; ` +
          `in the record at the end ECE ${own.ece?.toFixed(4)}; ${bytes} bytes`,
      );
      expect(ece).toBeLessThanOrEqual(0.02);
    },
    longest,
  );

  test.each(Object.keys(drifts) as Drift[])(
    'comes back under an ECE of 0.02 within 5,000 responses when %s',
    (drift) => {
      const scores = trueScores();
      const runs = worlds.map((run) =>
        calibrationAfterDrift(calls, (call) => scores.get(call) ?? 0, { drift, seed: run, responses: 5000 }),
      );
      const [before, at, after] = [
        mean(runs.map((run) => run.before)),
        mean(runs.map((run) => run.at)),
        mean(runs.map((run) => run.after)),
      ];
      tell(
        `drift, ${drift}: ECE ${before.toFixed(4)} before, ${at.toFixed(4)} at it, ${after.toFixed(4)} after 5,000 responses ` +
          `(mean of ${runs.length} worlds; worst ${Math.max(...runs.map((run) => run.after)).toFixed(4)})`,
      );
      expect(at).toBeGreaterThan(0.02);
      expect(after).toBeLessThanOrEqual(0.02);
    },
    120_000,
  );
});

function once<Result>(work: () => Result): () => Result {
  let result: Result | undefined;
  return () => {
    result ??= work();
    return result;
  };
}

function onePass(train: readonly BankCall[], dynamics: Dynamics = usualDynamics) {
  const examples = train.map(({ features, response }) => ({ features, response, atMs: 0 }));
  const bytes = encodeModel(learn({ record: emptyRecord, prior: basePrior }, examples, dynamics));
  const model = { record: decodeModel(bytes), prior: basePrior };
  return {
    predict: (features: BankCall['features']) => probability(posteriorOf(model, features)),
    own: calibrationReport(model.record.calibration),
    bytes: bytes.length,
  };
}

function quality(unseen: readonly BankCall[], predict: (features: BankCall['features']) => number) {
  const predictions = unseen.map(({ features, response }) => ({ predicted: predict(features), response }));
  return {
    auc: areaUnderCurve(predictions),
    ece: calibrationError(predictions, 'equal width'),
    eceByMass: calibrationError(predictions, 'equal mass'),
  };
}

/** Five folds with equal shares of positive responses, by a seeded shuffle of our own: not the rows of scikit-learn's folds. */
function stratifiedFolds(calls: readonly BankCall[]): number[] {
  const foldOf: number[] = [];
  for (const response of [true, false]) {
    const own = calls.map((call, index) => ({ call, index })).filter(({ call }) => call.response === response);
    for (const [place, { index }] of shuffled(own).entries()) foldOf[index] = place % folds;
  }
  return foldOf;
}

function shuffled<Element>(elements: readonly Element[]): Element[] {
  const random = randomOf(seed);
  const order = elements.map((element) => ({ element, place: random.next() }));
  return order.sort((a, b) => a.place - b.place).map(({ element }) => element);
}
