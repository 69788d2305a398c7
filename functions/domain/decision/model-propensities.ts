import { encodeFeatures } from '#domain/propensity/feature-vector.ts';
import { featuresOf, type PropensityFacts } from '#domain/propensity/features.ts';
import { priorModel } from '#domain/propensity/inherited-prior.ts';
import { basePrior } from '#domain/propensity/prior.ts';
import {
  emptyRecord,
  type ModelRecord,
  type PropensityModel,
  posteriorOf,
} from '#domain/propensity/propensity-model.ts';
import type { PlacementPropensities } from './decision-facts.ts';

/** What models know: of one treatment, of all of an offer, of all on a channel. */
export interface KnownModels {
  of(kind: 'treatment' | 'offer' | 'channel', id: string): ModelRecord | undefined;
}

/** Models that know nothing: then priors speak. */
export const noModels: KnownModels = { of: () => undefined };

/** Models ready to be asked; keep it as long as its models stay, for it remembers what it worked out. */
export type AskModels = (facts: PropensityFacts) => PlacementPropensities;

/** Makes what models say of treatments from what they know; one without data of its own speaks from its offer and channel. */
export function askModels(known: KnownModels): AskModels {
  const models = new Map<string, PropensityModel>();
  const modelOf = (treatmentId: string, offerId: string, channel: string): PropensityModel => {
    const key = `${treatmentId} ${offerId} ${channel}`;
    const made = models.get(key);
    if (made !== undefined) return made;
    const model = {
      record: known.of('treatment', treatmentId) ?? emptyRecord,
      prior: priorModel({ offer: kinOf(known.of('offer', offerId)), channel: kinOf(known.of('channel', channel)) }),
    };
    models.set(key, model);
    return model;
  };
  return (facts) => {
    const featuresFor = featuresOf(facts);
    const common = encodeFeatures(featuresFor({ treatmentId: '', offerId: '', channel: '' }));
    return {
      features: common,
      of({ treatmentId, offerId, channel }) {
        const features = featuresFor({ treatmentId, offerId, channel });
        return {
          posterior: posteriorOf(modelOf(treatmentId, offerId, channel), features),
          features: encodeFeatures(features),
        };
      },
    };
  };
}

function kinOf(record: ModelRecord | undefined): PropensityModel | undefined {
  return record && { record, prior: basePrior };
}
