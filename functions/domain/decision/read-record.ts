import * as z from 'zod';
import type { Decision } from './decision.ts';
import { CandidateRow, DecisionFields } from './decision-fields.ts';
import { decisionOfFields } from './decision-of-fields.ts';
import { headOf, tailOf } from './record-text.ts';

/** A decision with what its record says and nothing besides. `isFull` tells whether that is all that arbitration found. */
export interface ReadRecord {
  readonly decision: Decision;
  readonly isFull: boolean;
}

/** Reads what `encodeDecision` made. Throws a ZodError or SyntaxError for anything else. */
export function readRecord(record: string): ReadRecord {
  const head = DecisionFields.parse(headOf(record));
  const tail = Tail.parse(tailOf(record));
  const placements = head.placements.map(({ rows, ...placement }, index) => ({
    ...placement,
    rows: tail === undefined ? rows : joined(rows, tail[index] ?? []),
  }));
  const decision = decisionOfFields({ ...head, placements });
  return { decision, isFull: decision.explain || head.full === 1 };
}

type Row = z.output<typeof CandidateRow>;

/** Rows of all candidates by placement; a zero is the head's next row. */
const Tail = z.array(z.array(z.union([z.literal(0), CandidateRow]))).optional();

function joined(shown: readonly Row[], all: readonly (Row | 0)[]): Row[] {
  let next = 0;
  return all.flatMap((row) => (row === 0 ? shown.slice(next, ++next) : [row]));
}
