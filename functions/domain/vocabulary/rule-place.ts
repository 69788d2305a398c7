/** A piece of CEL in an item: where it stands, and what it must give. */
export interface RulePlace {
  readonly path: readonly string[];
  readonly source: string;
  readonly gives: 'truth' | 'number';
}
