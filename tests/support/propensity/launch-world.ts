import { normalCdf } from '#domain/mathematics/normal-distribution.ts';
import { type FeatureVector, featureIndex, featureVector } from '#domain/propensity/feature-vector.ts';
import { type Kin, priorModel } from '#domain/propensity/inherited-prior.ts';
import { learn, type TrainingExample } from '#domain/propensity/learn.ts';
import { basePrior, type Prior } from '#domain/propensity/prior.ts';
import { emptyRecord, type ModelRecord, posteriorOf } from '#domain/propensity/propensity-model.ts';
import { sampled } from '#domain/propensity/thompson.ts';
import { type Random, randomOf } from '#scripts/world/random.ts';

const incumbents = ['a1', 'a2', 'b1', 'b2'];
const newcomer = 'a3';
const treatments = [...incumbents, newcomer];
const offerOf = (treatment: string) => treatment.slice(0, 1);
const groups = Array.from({ length: 10 }, (_, group) => [0, 1, 2, 3].map((value) => `group${group}=${value}`));

/** Responses that each treatment with a history has, and impressions between two updates of the models. */
const history = 8000;
const batch = 25;

export interface Launch {
  readonly seed: number;
  readonly impressions: number;
  /** How much better the newcomer is than its offer's treatments on average, on the scale of the latent score. */
  readonly lead: number;
  /** Whether offers and channels speak for a treatment without data. */
  readonly kinHelps?: boolean;
}

/**
 * A treatment is launched beside four that have a history, in a world with known response rates (about 16 %, different by
 * treatment and by customer). Gives the expected responses of its decisions over those of an oracle who knows the rates.
 */
export function launch({ seed, impressions, lead, kinHelps = true }: Launch) {
  const random = randomOf(seed);
  const truth = trueRates(random, lead);
  const records = new Map<string, ModelRecord>();
  for (const treatment of incumbents) {
    const examples = Array.from({ length: history }, () => respond(treatment, person(random)));
    learnInto(examples.map((example) => ({ treatment, example })));
  }

  let [reward, best, share] = [0, 0, 0];
  let waiting: { treatment: string; example: TrainingExample }[] = [];
  for (let impression = 0; impression < impressions; impression += 1) {
    const names = person(random);
    const features = featureVector(names.map(featureIndex));
    const draws = treatments.map((treatment) => {
      const model = { record: records.get(treatment) ?? emptyRecord, prior: priorOf(treatment) };
      return sampled(posteriorOf(model, features), `decision-${seed}-${impression}|${treatment}`);
    });
    const chosen = treatments[draws.indexOf(Math.max(...draws))] ?? newcomer;
    reward += truth(chosen, names);
    best += Math.max(...treatments.map((treatment) => truth(treatment, names)));
    if (chosen === newcomer) share += 1 / impressions;
    waiting.push({ treatment: chosen, example: respond(chosen, names) });
    if (waiting.length === batch) {
      learnInto(waiting);
      waiting = [];
    }
  }
  return { ofOracle: reward / best, newcomerShare: share };

  function respond(treatment: string, names: readonly string[]): TrainingExample {
    const features: FeatureVector = featureVector(names.map(featureIndex));
    return { features, response: random.next() < truth(treatment, names), atMs: 0 };
  }

  function priorOf(treatment: string): Prior {
    return kinHelps ? priorModel(kinOf(treatment)) : basePrior;
  }

  function kinOf(treatment: string): Kin {
    const known = (id: string) => ({ record: records.get(id) ?? emptyRecord, prior: basePrior });
    return { offer: known(`offer ${offerOf(treatment)}`), channel: known('channel') };
  }

  function learnInto(processed: readonly { treatment: string; example: TrainingExample }[]): void {
    for (const [treatment, examples] of Map.groupBy(processed, (each) => each.treatment)) {
      const record = records.get(treatment) ?? emptyRecord;
      const own = examples.map(({ example }) => example);
      records.set(treatment, learn({ record, prior: priorOf(treatment) }, own));
    }
    for (const [offer, examples] of Map.groupBy(processed, (each) => `offer ${offerOf(each.treatment)}`))
      teach(offer, examples);
    teach('channel', processed);
  }

  function teach(kin: string, processed: readonly { example: TrainingExample }[]): void {
    const record = records.get(kin) ?? emptyRecord;
    records.set(
      kin,
      learn(
        { record, prior: basePrior },
        processed.map(({ example }) => example),
      ),
    );
  }
}

/** Four of ten groups matter: mostly to everything, less to an offer, least to a treatment. */
function trueRates(random: Random, lead: number): (treatment: string, names: readonly string[]) => number {
  const effects = new Map<string, number>();
  const effect = (name: string, deviation: number) => {
    const known = effects.get(name) ?? deviation * normalOf(random);
    effects.set(name, known);
    return known;
  };
  return (treatment, names) => {
    const offer = offerOf(treatment);
    const level = -1 + effect(`offer ${offer}`, 0.1) + (treatment === newcomer ? lead : effect(treatment, 0.1));
    const own = names
      .slice(0, 4)
      .map((name) => effect(name, 0.2) + effect(`${offer}|${name}`, 0.1) + effect(`${treatment}|${name}`, 0.08));
    return normalCdf(own.reduce((sum, each) => sum + each, level));
  };
}

function person(random: Random): string[] {
  return groups.map((values) => random.pick(values));
}

function normalOf(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
}
