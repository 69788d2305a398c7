import type { FeatureVector } from './feature-vector.ts';
import { priorModel } from './inherited-prior.ts';
import { learn, type TrainingExample } from './learn.ts';
import { modelName, modelsOf } from './model-key.ts';
import { basePrior } from './prior.ts';
import { type ProcessedResponses, presentationHash, slotOf, teachingOf } from './processed-responses.ts';
import { emptyRecord, type ModelRecord, type PropensityModel } from './propensity-model.ts';

/** A settled response to one presentation of a treatment. */
export interface PresentedResponse {
  readonly decisionId: string;
  readonly decidedAt: string;
  readonly treatmentId: string;
  readonly offerId: string;
  readonly channel: string;
  readonly features: FeatureVector;
  readonly response: boolean;
  /** What was expected when it was decided to be shown; unknown of a decision that did not ask. */
  readonly expected?: number | undefined;
  readonly atMs: number;
}

/** Models and what they learned from, by the names of `touchedBy`. */
export interface Learned {
  readonly models: ReadonlyMap<string, ModelRecord>;
  readonly processed: ReadonlyMap<string, ProcessedResponses>;
}

/** The models that a response is learned by, and the slot of a treatment that remembers it. */
export interface TouchedByResponse {
  readonly models: ReturnType<typeof modelsOf>;
  readonly slot: ResponseSlot;
}

/** Where presentations of a treatment in one hour are remembered. */
export interface ResponseSlot {
  readonly treatmentId: string;
  readonly hour: string;
}

/** A slot as one text. */
export const slotName = ({ treatmentId, hour }: ResponseSlot) => `${treatmentId}@${hour}`;

/** What learning from a response reads and writes. */
export function touchedBy(response: PresentedResponse): TouchedByResponse {
  return {
    models: modelsOf(response),
    slot: { treatmentId: response.treatmentId, hour: slotOf(response.decidedAt) },
  };
}

/**
 * What changes by some responses: each presentation teaches its treatment, its offer and its channel once, in the order of time.
 * Empty when all were learned before.
 */
export function learnResponses(before: Learned, responses: readonly PresentedResponse[]): Learned {
  const processed = new Map<string, Map<number, boolean>>();
  const examples = new Map<
    string,
    { readonly kin: readonly [offer: string, channel: string]; examples: TrainingExample[] }
  >();
  for (const each of responses.toSorted((a, b) => a.atMs - b.atMs)) {
    const { models, slot } = touchedBy(each);
    const own = processed.get(slotName(slot)) ?? new Map(before.processed.get(slotName(slot)) ?? []);
    const hash = presentationHash(each.decisionId, each.treatmentId);
    const teaching = teachingOf(own, hash, each.response);
    if (teaching === 'nothing') continue;
    processed.set(slotName(slot), own.set(hash, each.response));
    const { features, response, expected, atMs } = each;
    const example = { features, response, expected, atMs, correctsNegative: teaching === 'correct' };
    const [, offer, channel] = models;
    for (const key of models) {
      const known = examples.get(modelName(key)) ?? { kin: [modelName(offer), modelName(channel)], examples: [] };
      known.examples.push(example);
      examples.set(modelName(key), known);
    }
  }
  const recordOf = (name: string) => before.models.get(name) ?? emptyRecord;
  const kinOf = (name: string): PropensityModel => ({ record: recordOf(name), prior: basePrior });
  return {
    processed,
    models: new Map(
      [...examples].map(([name, { kin, examples: own }]) => {
        const [offer, channel] = kin;
        const isKin = name === offer || name === channel;
        const prior = isKin ? basePrior : priorModel({ offer: kinOf(offer), channel: kinOf(channel) });
        return [name, learn({ record: recordOf(name), prior }, own)];
      }),
    ),
  };
}
