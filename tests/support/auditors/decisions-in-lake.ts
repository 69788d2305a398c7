import { runQuery } from '#scripts/athena/athena-query.ts';
import { instantOf } from '#scripts/rebuild/landed-row.ts';
import type { Target } from '#scripts/target/target.ts';

/** A candidate of a decision as analysts see it. */
export interface LandedDecision {
  readonly decisionId: string;
  readonly placementId: string;
  /** Treatments that its placement shows, at most. */
  readonly limit: number;
  readonly score: number | undefined;
  readonly place: number | undefined;
  readonly probability: number | undefined;
  /** What decided it, in a line. */
  readonly facts: string;
}

/** What the lake holds of decisions and of what became of them. */
export interface DecisionsInLake {
  readonly decisions: readonly LandedDecision[];
  /** Ids of dispositions, each with whether nobody can place it. */
  readonly dispositions: ReadonlyMap<string, boolean>;
  /** Customers from whom somebody was taken out at some time. */
  readonly split: ReadonlySet<string>;
}

const columns =
  'decision_id, persona_id, customer_id, decided_at, placement_id, treatment_id, result, place_shown, score, probability';

/** Reads what the lake holds about some personas' decisions, and about dispositions of those and of some other ids. */
export async function decisionsInLake(
  target: Target,
  personaIds: readonly string[],
  decisionIds: readonly string[],
): Promise<DecisionsInLake> {
  const list = (ids: readonly string[]) => `(${["''", ...ids.map((id) => `'${id}'`)].join(', ')})`;
  const [decided, limits, told, split] = await Promise.all([
    runQuery(target, `SELECT ${columns} FROM v_decisions WHERE persona_id IN ${list(personaIds)}`),
    runQuery(
      target,
      `SELECT DISTINCT decision_id, placement_id, treatment_limit FROM decisions WHERE persona_id IN ${list(personaIds)}`,
    ),
    runQuery(
      target,
      `SELECT DISTINCT disposition_id, is_unknown FROM dispositions WHERE decision_id IN ${list(decisionIds)}`,
    ),
    runQuery(target, "SELECT DISTINCT customer_id, previous_customer_id FROM identity_links WHERE kind = 'unmerge'"),
  ]);
  const limitOf = new Map(
    limits.rows.map((row) => [`${row.decision_id} ${row.placement_id}`, Number(row.treatment_limit)]),
  );
  return {
    decisions: decided.rows.map((row) => ({
      decisionId: String(row.decision_id),
      placementId: String(row.placement_id),
      limit: limitOf.get(`${row.decision_id} ${row.placement_id}`) ?? 0,
      score: numberOf(row.score),
      place: numberOf(row.place_shown),
      probability: numberOf(row.probability),
      facts: [
        row.decision_id,
        row.persona_id,
        row.customer_id,
        instantOf(row.decided_at),
        row.placement_id,
        row.treatment_id,
        row.result,
        numberOf(row.place_shown) ?? '',
      ].join(' '),
    })),
    dispositions: new Map(
      told.rows.map(({ disposition_id, is_unknown }) => [String(disposition_id), is_unknown === 'true']),
    ),
    split: new Set(split.rows.flatMap((row) => [String(row.customer_id), String(row.previous_customer_id)])),
  };
}

function numberOf(text: string | null | undefined): number | undefined {
  return text === null || text === undefined ? undefined : Number(text);
}
