import { rounded } from '#domain/mathematics/rounded.ts';
import { type Candidate, type Exclusion, isShown, type Outcome, type Weighing } from './candidate.ts';
import type { Decision, PlacementDecision } from './decision.ts';
import { goals, kinds, usualGoal, usualPurpose } from './decision-fields.ts';
import { isFoundInTurn } from './is-found-in-turn.ts';
import { recordText } from './record-text.ts';

/**
 * What a text of a decision is for. `record` is kept: what arbitration works out anew is left out but for treatments shown, and so are
 * names, sources of rules and words unless the caller asked for an explanation: whose rule it was and the catalogue's revision
 * lead to them. `account` is for the lake: all that arbitration found, with the lake's digits, and no words or contents.
 */
export type RecordForm = 'record' | 'account';

/** A decision as compact text, for a write of DynamoDB is counted by the kilobyte, and an entry of the bus by 64 of them. */
export function encodeDecision(decision: Decision, form: RecordForm = 'record'): string {
  const currencies = listed(decision, ({ weighing }) => (weighing === undefined ? [] : [weighing.currency]));
  const budgets = listed(decision, ({ weighing }) => weighing?.uses.map(({ budgetId }) => budgetId) ?? []);
  const { placements, schema, engine, decisionId, atMs, customerId, personaId, isKnown, touchpoint, ...rest } =
    decision;
  const prices = new Map(
    allOf(decision).flatMap(({ weighing }) => weighing?.uses.map(({ budgetId, price }) => [budgetId, price]) ?? []),
  );
  const spelling = { form, hasWords: decision.explain && form === 'record', currencies, budgets };
  const fields = {
    schema,
    engine,
    ...(form === 'account' ? { full: 1 } : {}),
    ids: [decisionId, customerId, personaId === customerId ? 0 : personaId],
    at: [atMs, touchpoint, Number(isKnown)],
    ...(rest.asked === undefined ? {} : { asked: [rest.asked.by, rest.asked.fingerprint] }),
    catalogue: [rest.catalogue.revision, rest.catalogue.version],
    told: [Number(rest.explain), Number(rest.preview), ...rest.degraded],
    currencies,
    budgets: budgets.map((budgetId) => [budgetId, prices.get(budgetId) ?? 0]),
    placements: placements.map((placement) => placementFields(placement, spelling)),
  };
  return form === 'record' ? recordText(fields) : JSON.stringify(fields);
}

/** How the rows of a text are spelt. */
interface Spelling {
  readonly form: RecordForm;
  readonly hasWords: boolean;
  readonly currencies: readonly string[];
  readonly budgets: readonly string[];
}

function placementFields({ candidates, heldOut, ...placement }: PlacementDecision, spelling: Spelling) {
  return {
    ...placement,
    heldOut: Number(heldOut),
    rows: candidates.map((candidate) => candidateFields(candidate, spelling)),
  };
}

function candidateFields(candidate: Candidate, { form, hasWords, currencies, budgets }: Spelling): unknown[] {
  const { treatmentId, offerId, group, kind, purpose, goal, goalDays, excluded, weighing, outcome, withheld } =
    candidate;
  const isFull = hasWords || form === 'account';
  const held = withheld !== undefined && (isFull || isFoundInTurn(withheld)) ? withheld : undefined;
  return trimmed([
    treatmentId,
    offerId === treatmentId ? 0 : offerId,
    group,
    weighing === undefined ? 0 : weighingFields(weighing, currencies, budgets),
    excluded === undefined ? 0 : hasWords ? excluded : withoutWords(excluded),
    held === undefined ? 0 : hasWords ? held : withoutWords(held),
    kinds.indexOf(kind),
    outcome === undefined || !(isFull || isShown(candidate)) ? 0 : outcomeFields(outcome, form),
    form === 'account' ? 0 : (candidate.content ?? 0),
    hasWords ? candidate.name : 0,
    goalFields(goal, goalDays),
    purpose === usualPurpose ? 0 : purpose,
  ]);
}

function outcomeFields({ drawn, score, probability, rank = 0 }: Outcome, form: RecordForm): unknown[] {
  const short = (value: number) => (form === 'account' ? rounded(value, accountDigits) : value);
  return trimmed([short(drawn), short(score), probability === undefined ? null : short(probability), rank]);
}

/** What analysts compare. */
export const accountDigits = 6;

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
