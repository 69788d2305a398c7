/** A piece of CEL in an item: where it stands, and what it must give. */
export interface RulePlace {
  readonly path: readonly string[];
  readonly source: string;
  readonly gives: 'truth' | 'number';
  /** The segment whose members it tells: such a rule can neither ask about the moment nor lead back to the segment. */
  readonly ofSegment?: string;
  /** Whether it chooses customers in the lake: then it can ask only what the lake knows. */
  readonly isOfLake?: boolean;
}
