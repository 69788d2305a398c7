import type * as z from 'zod';
import { probability } from '#domain/propensity/propensity-model.ts';
import type { Channel } from '#domain/vocabulary/channel.ts';
import type { Candidate, Outcome, Weighing } from './candidate.ts';
import type { Decision } from './decision.ts';
import {
  type CandidateRow,
  type DecisionFields,
  goals,
  kinds,
  type OutcomeRow,
  usualGoal,
  usualPurpose,
  type WeighingRow,
} from './decision-fields.ts';

/** The decision that a record's fields spell. */
export function decisionOfFields(fields: z.output<typeof DecisionFields>): Decision {
  const [decisionId, customerId, personaId] = fields.ids;
  const [atMs, touchpoint, isKnown] = fields.at;
  const [revision, version] = fields.catalogue;
  const [explain, preview, ...degraded] = fields.told;
  return {
    schema: 1,
    engine: fields.engine,
    decisionId,
    atMs,
    customerId,
    personaId: personaId === 0 ? customerId : personaId,
    isKnown: isKnown === 1,
    touchpoint,
    catalogue: { revision, version },
    explain: explain === 1,
    preview: preview === 1,
    degraded,
    placements: fields.placements.map(({ rows, ...placement }) => ({
      ...placement,
      heldOut: placement.heldOut === 1,
      candidates: rows.map((row) => candidateOf(row, placement.channel, fields)),
    })),
    // Last, as where it is made: a decision that is read back is the same text.
    ...(fields.asked === undefined ? {} : { asked: { by: fields.asked[0], fingerprint: fields.asked[1] } }),
  };
}

function candidateOf(
  row: z.output<typeof CandidateRow>,
  channel: Channel,
  fields: z.output<typeof DecisionFields>,
): Candidate {
  const [treatmentId, offer, group, weighed, excluded, withheld, kind = 0, drawn, content, name, goal, purpose] = row;
  const offerId = offer === 0 ? treatmentId : offer;
  const weighing = weighed ? weighingOf(weighed, fields) : undefined;
  return {
    treatmentId,
    offerId,
    group,
    name: name || offerId,
    channel,
    kind: kinds[kind] ?? 'standard',
    purpose: purpose || usualPurpose,
    ...(goal ? { goal: goals[goal[0]] ?? usualGoal.goal, goalDays: goal[1] } : usualGoal),
    ...(excluded ? { excluded } : {}),
    ...(weighing === undefined ? {} : { weighing }),
    ...(drawn ? { outcome: outcomeOf(drawn) } : {}),
    ...(withheld ? { withheld } : {}),
    ...(content ? { content } : {}),
  };
}

function weighingOf(
  weighed: z.output<typeof WeighingRow>,
  { currencies, budgets }: z.output<typeof DecisionFields>,
): Weighing {
  const [mean, variance = 0, valueMinor = 0, costMinor = 0, lever, context, currency = 0, features, uses] = weighed;
  const posterior = { mean, variance };
  return {
    posterior,
    propensity: probability(posterior),
    context: context ? context[0] : 1,
    valueMinor,
    currency: currencies[currency] ?? '',
    lever: lever ? lever[0] : 1,
    costMinor,
    uses: (uses || []).map(([budget, amount]) => {
      const [budgetId, price] = budgets[budget] ?? ['', 0];
      return { budgetId, amount, price };
    }),
    ...(typeof features === 'string' ? { features } : {}),
  };
}

function outcomeOf([drawn, score = 0, likely = 0, rank = 0]: z.output<typeof OutcomeRow>): Outcome {
  return { drawn, score, ...(rank === 0 ? {} : { rank }), ...(likely === null ? {} : { probability: likely }) };
}
