import * as z from 'zod';
import type { Decision } from './decision.ts';
import { CandidateRow, DecisionFields, PlacementFields } from './decision-fields.ts';
import { decisionOfFields } from './decision-of-fields.ts';
import { headOf, isOfShown } from './record-text.ts';

/** Who was decided for, when, and what was shown: placements have no other candidates. */
export type ShownDecision = Pick<Decision, 'decisionId' | 'atMs' | 'customerId' | 'personaId' | 'placements'>;

/**
 * What a decision showed, from its record and without arbitration: no other row is so much as looked at. Throws a ZodError or
 * SyntaxError for what is no record.
 */
export function shownOf(record: string): ShownDecision {
  const { placements, ...fields } = Head.parse(headOf(record));
  const shown = placements.map(({ rows, ...placement }) => ({
    ...placement,
    rows: rows.filter(isOfShown).map((row) => CandidateRow.parse(row)),
  }));
  const {
    decisionId,
    atMs,
    customerId,
    personaId,
    placements: shownAt,
  } = decisionOfFields({ ...fields, placements: shown });
  return { decisionId, atMs, customerId, personaId, placements: shownAt };
}

/** A head whose rows are not read yet: in records of before they are those of all candidates. */
const Head = DecisionFields.extend({ placements: z.array(PlacementFields.extend({ rows: z.array(z.unknown()) })) });
