import * as z from 'zod';
import type { Decision } from './decision.ts';
import { readRecord } from './read-record.ts';

/** Who was decided for, when, and what was shown: placements have no other candidates. */
export type ShownDecision = Pick<Decision, 'decisionId' | 'atMs' | 'customerId' | 'personaId' | 'asked' | 'placements'>;

/**
 * What a decision showed, from its record and without arbitration: of what was not shown not even the row is read. Throws a
 * ZodError or SyntaxError for what is no record.
 */
export function shownOf(record: string): ShownDecision {
  const { placements, ...fields } = Sieve.parse(JSON.parse(record));
  const sieved = placements.map(({ rows, ...placement }) => ({ ...placement, rows: rows.filter(isOfShown) }));
  const {
    decisionId,
    atMs,
    customerId,
    personaId,
    asked,
    placements: shown,
  } = readRecord({
    ...fields,
    placements: sieved,
  }).decision;
  return { decisionId, atMs, customerId, personaId, placements: shown, ...(asked === undefined ? {} : { asked }) };
}

/** A record as far as it must be known to leave rows out. */
const Sieve = z.looseObject({ placements: z.array(z.looseObject({ rows: z.array(z.unknown()) })) });

/** Places in a candidate's row and in its outcome: see `CandidateRow` and `OutcomeRow`. */
const [outcomePlace, rankPlace] = [7, 3];

function isOfShown(row: unknown): boolean {
  if (!Array.isArray(row)) return true;
  const outcome: unknown = row[outcomePlace];
  return Array.isArray(outcome) && outcome.length > rankPlace;
}
