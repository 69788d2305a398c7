import type { Normal } from '#domain/mathematics/normal.ts';
import { noEvidence, withEvidence } from '#domain/mathematics/normal.ts';
import { basePrior, biasFeature, type Prior, populationFeature } from './prior.ts';
import { type PropensityModel, weightOf } from './propensity-model.ts';

/** What is known of a treatment's kin: of all treatments of its offer, and of all on its channel. */
export interface Kin {
  readonly offer?: PropensityModel | undefined;
  readonly channel?: PropensityModel | undefined;
}

/**
 * How much treatments of one offer, or on one channel, differ, as a share of a weight's variance under the base prior: in their
 * level much, in what moves their response little.
 */
const spread = { level: { offer: 0.15, channel: 0.3 }, effect: { offer: 0.05, channel: 0.15 } };

/**
 * The prior of a treatment's weights: the posteriors of its kin, each widened by how much kin differ, joined with the base
 * prior as evidence. It moves as its kin learn; own evidence outweighs it.
 */
export function priorModel({ offer, channel }: Kin): Prior {
  return (feature) => {
    const base = basePrior(feature);
    const differ = feature === biasFeature || feature === populationFeature ? spread.level : spread.effect;
    const fromOffer = widened(offer, feature, base, differ.offer);
    const fromChannel = widened(channel, feature, base, differ.channel);
    return withEvidence(base, {
      precision: fromOffer.precision + fromChannel.precision,
      shift: fromOffer.shift + fromChannel.shift,
    });
  };
}

/** What a kin's posterior adds to the base prior; nothing once widening makes it as wide as that. */
function widened(model: PropensityModel | undefined, feature: number, base: Normal, share: number) {
  if (model === undefined) return noEvidence;
  const { mean, variance } = weightOf(model, feature);
  const precision = 1 / (variance + share * base.variance) - 1 / base.variance;
  if (precision <= 0) return noEvidence;
  return { precision, shift: mean * (precision + 1 / base.variance) - base.mean / base.variance };
}
