/**
 * The text of a record: a head of JSON whose placements have the rows of what was shown, a tab, and the rows of all candidates by
 * placement, with a zero for each that stands in the head. Whoever asks what was shown parses the head alone, a fiftieth of it. In
 * JSON's own text there is no tab. Records of before have all rows in the head and no tail.
 */
const tab = '\t';

/** A head with rows by placement. */
export interface RecordHead {
  readonly placements: readonly { readonly rows: readonly unknown[] }[];
}

/** A record's text from a head that has all rows. */
export function recordText(head: RecordHead): string {
  const placements = head.placements.map(({ rows, ...placement }) => ({ ...placement, rows: rows.filter(isOfShown) }));
  const tail = head.placements.map(({ rows }) => rows.map((row) => (isOfShown(row) ? 0 : row)));
  return `${JSON.stringify({ ...head, placements })}${tab}${JSON.stringify(tail)}`;
}

/** Whether a candidate's row says that it was shown: its outcome has a rank. */
export function isOfShown(row: unknown): boolean {
  const outcome: unknown = Array.isArray(row) ? row[outcomePlace] : undefined;
  return Array.isArray(outcome) && outcome.length > rankPlace;
}

/** Places in `CandidateRow` and `OutcomeRow`; zeros at the end are left out, and a rank is last. */
const [outcomePlace, rankPlace] = [7, 3];

/** The head of a record's text: in records of before it is all. Throws a SyntaxError for what is no JSON. */
export function headOf(record: string): unknown {
  const end = record.indexOf(tab);
  return JSON.parse(end < 0 ? record : record.slice(0, end));
}

/** The rows of all candidates by placement, with a zero for each that stands in the head; undefined where all stand there. */
export function tailOf(record: string): unknown {
  const end = record.indexOf(tab);
  return end < 0 ? undefined : JSON.parse(record.slice(end + 1));
}
