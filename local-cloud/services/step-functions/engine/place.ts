/** Where a flow of states is: who can end it, what it sees of the flows around it. */
export interface Place {
  readonly signal: AbortSignal;
  readonly outerVariables: Readonly<Record<string, unknown>>;
  /** `$states.context.Map.Item`, in an iteration. */
  readonly mapItem?: Readonly<Record<string, unknown>>;
}
