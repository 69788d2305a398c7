import { askModels, type KnownModels, noModels } from '#domain/decision/model-propensities.ts';
import { decodeFeatures } from '#domain/propensity/feature-vector.ts';
import type { PropensityFacts } from '#domain/propensity/features.ts';
import { biasFeature, populationFeature } from '#domain/propensity/prior.ts';
import { emptyRecord, type ModelRecord, type Weight } from '#domain/propensity/propensity-model.ts';
import { type Draws, drawsOf } from './draws.ts';

/** Models that have learned something of what they would see at some moments, in whatever order they are asked for; of every third there is none. */
export function seededModels(world: string, moments: readonly PropensityFacts[]): KnownModels {
  const ask = askModels(noModels);
  const features = new Set(moments.flatMap((moment) => decodeFeatures(ask(moment).features) ?? []));
  const records = new Map<string, ModelRecord | undefined>();
  return {
    of(kind, id) {
      const name = `${kind}#${id}`;
      const draws = drawsOf(`${world} ${name}`);
      if (!records.has(name)) records.set(name, draws.happens(0.33) ? undefined : recordOf(draws, [...features]));
      return records.get(name);
    },
  };
}

function recordOf(draws: Draws, features: readonly number[]): ModelRecord {
  const weights = draws.some([biasFeature, populationFeature, ...features], 0.6).map((feature): [number, Weight] => {
    const precision = draws.between(0.1, 30);
    const mean = feature === biasFeature ? draws.between(-2, 0) : draws.between(-0.4, 0.4);
    return [feature, { precision, shift: mean * precision, mean }];
  });
  return {
    ...emptyRecord,
    weights: new Map(weights),
    map: draws.happens(0.5)
      ? emptyRecord.map
      : [draws.between(0, 50), 0, draws.between(0, 50), draws.between(-5, 5), 40],
  };
}
