import type * as z from 'zod';
import type { Channel } from '#domain/placement/channel.ts';
import { probability } from '#domain/propensity/propensity-model.ts';
import { type Candidate, type Exclusion, isShown, type Outcome, type Weighing } from './candidate.ts';
import type { Decision, PlacementDecision } from './decision.ts';
import {
  type CandidateRow,
  DecisionFields,
  goals,
  kinds,
  type OutcomeRow,
  usualGoal,
  usualPurpose,
  type WeighingRow,
} from './decision-fields.ts';
import { isFoundInTurn, replay } from './replay.ts';

/**
 * A decision as compact JSON, for a write of DynamoDB is counted by the kilobyte: what arbitration works out anew from the record is
 * left out but for treatments shown, and so are names, sources of rules and words unless the caller asked for an
 * explanation: whose rule it was and the catalogue's revision lead to them.
 */
export function encodeDecision(decision: Decision): string {
  const currencies = listed(decision, ({ weighing }) => (weighing === undefined ? [] : [weighing.currency]));
  const budgets = listed(decision, ({ weighing }) => weighing?.uses.map(({ budgetId }) => budgetId) ?? []);
  const { placements, schema, decisionId, atMs, customerId, personaId, isKnown, touchpoint, ...rest } = decision;
  const prices = new Map(
    allOf(decision).flatMap(({ weighing }) => weighing?.uses.map(({ budgetId, price }) => [budgetId, price]) ?? []),
  );
  return JSON.stringify({
    schema,
    ids: [decisionId, customerId, personaId === customerId ? 0 : personaId],
    at: [atMs, touchpoint, Number(isKnown)],
    ...(rest.asked === undefined ? {} : { asked: [rest.asked.by, rest.asked.fingerprint] }),
    catalogue: [rest.catalogue.revision, rest.catalogue.version],
    told: [Number(rest.explain), Number(rest.preview), ...rest.degraded],
    currencies,
    budgets: budgets.map((budgetId) => [budgetId, prices.get(budgetId) ?? 0]),
    placements: placements.map((placement) => placementFields(placement, decision.explain, currencies, budgets)),
  });
}

/** Reads what {@link encodeDecision} made. Throws a ZodError or SyntaxError for anything else. */
export function decodeDecision(text: string): Decision {
  const fields = DecisionFields.parse(JSON.parse(text));
  const [decisionId, customerId, personaId] = fields.ids;
  const [atMs, touchpoint, isKnown] = fields.at;
  const [revision, version] = fields.catalogue;
  const [explain, preview, ...degraded] = fields.told;
  const stored: Decision = {
    schema: 1,
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
  return stored.explain ? stored : completed(stored);
}

/** Fills in what arbitration works out; what stands in the record wins. */
function completed(stored: Decision): Decision {
  const made = replay(stored).placements;
  return {
    ...stored,
    placements: stored.placements.map((placement, index) => {
      const again = new Map(made[index]?.candidates.map((candidate) => [candidate.treatmentId, candidate]));
      return {
        ...placement,
        candidates: placement.candidates.map((candidate) => {
          const { outcome, withheld } = again.get(candidate.treatmentId) ?? {};
          if (candidate.outcome !== undefined || outcome === undefined) return candidate;
          const { rank: _, ...unranked } = outcome;
          const held = candidate.withheld ?? withheld;
          return { ...candidate, outcome: unranked, ...(held === undefined ? {} : { withheld: held }) };
        }),
      };
    }),
  };
}

function placementFields(
  { candidates, heldOut, ...placement }: PlacementDecision,
  explain: boolean,
  currencies: readonly string[],
  budgets: readonly string[],
) {
  return {
    ...placement,
    heldOut: Number(heldOut),
    rows: candidates.map((candidate) => {
      const { treatmentId, offerId, group, kind, purpose, goal, goalDays, excluded, weighing, outcome, withheld } =
        candidate;
      const isKept = explain || isShown(candidate);
      const held = withheld !== undefined && (explain || isFoundInTurn(withheld)) ? withheld : undefined;
      return trimmed([
        treatmentId,
        offerId === treatmentId ? 0 : offerId,
        group,
        weighing === undefined ? 0 : weighingFields(weighing, currencies, budgets),
        excluded === undefined ? 0 : explain ? excluded : withoutWords(excluded),
        held === undefined ? 0 : explain ? held : withoutWords(held),
        kinds.indexOf(kind),
        outcome === undefined || !isKept
          ? 0
          : trimmed([outcome.drawn, outcome.score, outcome.probability, outcome.rank ?? 0]),
        candidate.content ?? 0,
        explain ? candidate.name : 0,
        goalFields(goal, goalDays),
        purpose === usualPurpose ? 0 : purpose,
      ]);
    }),
  };
}

function goalFields(goal: Candidate['goal'], goalDays: number): 0 | [number, number] {
  return goal === usualGoal.goal && goalDays === usualGoal.goalDays ? 0 : [goals.indexOf(goal), goalDays];
}

function weighingFields(weighing: Weighing, currencies: readonly string[], budgets: readonly string[]) {
  const { posterior, valueMinor, costMinor, lever, context, uses, features, currency } = weighing;
  return trimmed([
    posterior.mean,
    posterior.variance,
    valueMinor,
    costMinor,
    // Differences to what is usual are zero, and zeros at the end are left out.
    lever === 1 ? 0 : [lever],
    context === 1 ? 0 : [context],
    currencies.indexOf(currency),
    features ?? 0,
    uses.length === 0 ? 0 : uses.map(({ budgetId, amount }) => [budgets.indexOf(budgetId), amount]),
  ]);
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

function outcomeOf([drawn, score = 0, probabilityShown = 0, rank = 0]: z.output<typeof OutcomeRow>): Outcome {
  return { drawn, score, ...(rank === 0 ? {} : { rank }), probability: probabilityShown };
}

function withoutWords({ rule: _, detail: __, ...exclusion }: Exclusion): Exclusion {
  return exclusion;
}

const allOf = ({ placements }: Decision) => placements.flatMap(({ candidates }) => candidates);

function listed(decision: Decision, namesOf: (candidate: Candidate) => readonly string[]): string[] {
  return [...new Set(allOf(decision).flatMap(namesOf))];
}

function trimmed(values: readonly unknown[]): unknown[] {
  return values.slice(0, values.findLastIndex((value) => value !== 0) + 1 || 1);
}
