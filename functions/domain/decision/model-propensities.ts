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
  const modelOf = modelsOf(known);
  return (facts) => {
    const featuresFor = featuresOf(facts);
    const common = featuresFor({ treatmentId: '', offerId: '', channel: '' });
    const features = encodeFeatures(common);
    // Treatments without data of their own and of one offer or channel are of one model.
    const said = new Map<PropensityModel, Said>();
    return {
      features,
      of(treatment) {
        const model = modelOf(treatment);
        const own = featuresFor(treatment);
        if (own !== common) return { posterior: posteriorOf(model, own), features: encodeFeatures(own) };
        const before = said.get(model);
        if (before !== undefined) return before;
        const now = { posterior: posteriorOf(model, common), features };
        said.set(model, now);
        return now;
      },
    };
  };
}

type Said = ReturnType<PlacementPropensities['of']>;
type Presented = Parameters<PlacementPropensities['of']>[0];

/** The models of treatments, each made once; those that know the same are one. */
function modelsOf(known: KnownModels): (treatment: Presented) => PropensityModel {
  const byTreatment = new Map<string, { readonly of: Presented; readonly model: PropensityModel }>();
  const byKin = new Map<ModelRecord | undefined, Map<ModelRecord | undefined, PropensityModel>>();

  function ofKin(offer: ModelRecord | undefined, channel: ModelRecord | undefined): PropensityModel {
    const ofOffer = byKin.get(offer) ?? new Map<ModelRecord | undefined, PropensityModel>();
    byKin.set(offer, ofOffer);
    const model = ofOffer.get(channel) ?? {
      record: emptyRecord,
      prior: priorModel({ offer: kinOf(offer), channel: kinOf(channel) }),
    };
    ofOffer.set(channel, model);
    return model;
  }

  return (treatment) => {
    const { treatmentId, offerId, channel } = treatment;
    const made = byTreatment.get(treatmentId);
    if (made?.of.offerId === offerId && made.of.channel === channel) return made.model;
    const record = known.of('treatment', treatmentId);
    const kin = ofKin(known.of('offer', offerId), known.of('channel', channel));
    const model = record === undefined ? kin : { record, prior: kin.prior };
    byTreatment.set(treatmentId, { of: treatment, model });
    return model;
  };
}

function kinOf(record: ModelRecord | undefined): PropensityModel | undefined {
  return record && { record, prior: basePrior };
}
