import * as z from 'zod';
import { Channel } from '#domain/vocabulary/channel.ts';
import { Candidate } from './candidate.ts';
import { type Decision, degradations } from './decision.ts';
import { shownBy } from './decision-effects.ts';
import { explain } from './explain.ts';

/** A treatment to present. */
const PresentedTreatment = z.object({
  treatmentId: z.string(),
  offerId: z.string(),
  placementId: z.string(),
  channel: Channel,
  content: z.record(z.string(), z.unknown()).describe('What to present, as the catalogue has it'),
  rank: z.int().describe('Place at its placement, from 1'),
  propensity: z.number().describe('Calibrated probability that the customer does what the offer is for (its goal)'),
  score: z.number().describe('What it is worth to present it now, in minor units; by P alone where an arm ranks so'),
});

/** What a touchpoint is told. No treatment is an answer too. */
export const DecisionAnswer = z.object({
  decisionId: z.string().describe('Names the decision in dispositions and events'),
  treatments: z.array(PresentedTreatment),
  degraded: z
    .array(z.enum(degradations))
    .describe('What could not be read in time; the champion answered without it')
    .optional(),
  preview: z.literal(true).describe('Nothing was counted, spent or recorded').optional(),
  explanation: z
    .object({
      text: z.array(z.string()).describe('Why, in sentences to read out'),
      placements: z.array(
        z.object({
          placementId: z.string(),
          strategyId: z.string().nullable(),
          arm: z.string(),
          candidates: z.array(Candidate.omit({ content: true })),
        }),
      ),
    })
    .describe('Every treatment that was considered, with what decided it')
    .optional(),
});
export type DecisionAnswer = z.infer<typeof DecisionAnswer>;

/** The answer that a decision gives: a function of its record, so that a replay can be compared byte by byte. */
export function answerOf(decision: Decision): DecisionAnswer {
  return {
    decisionId: decision.decisionId,
    treatments: shownBy(decision).map(({ candidate, placement }) => ({
      treatmentId: candidate.treatmentId,
      offerId: candidate.offerId,
      placementId: placement.placementId,
      channel: candidate.channel,
      content: candidate.content ?? {},
      rank: candidate.outcome?.rank ?? 0,
      propensity: candidate.weighing?.propensity ?? 0,
      score: candidate.outcome?.score ?? 0,
    })),
    ...(decision.degraded.length === 0 ? {} : { degraded: decision.degraded }),
    ...(decision.preview ? { preview: true } : {}),
    ...(decision.explain ? { explanation: explanationOf(decision) } : {}),
  };
}

function explanationOf(decision: Decision): DecisionAnswer['explanation'] {
  return {
    text: explain(decision),
    placements: decision.placements.map(({ placementId, strategyId, arm, candidates }) => ({
      placementId,
      strategyId,
      arm,
      candidates: candidates.map(({ content: _, ...candidate }) => candidate),
    })),
  };
}
