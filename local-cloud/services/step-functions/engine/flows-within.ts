import type { Flow } from '#local-cloud/services/step-functions/language/state.ts';
import type { VisitContext } from './visit-context.ts';

/** The path that the branches or iterations of a state have theirs below. */
export function flowsWithin({ scope, visit }: VisitContext): string {
  return `${scope.path}/${visit.enteredEventId}`;
}

/** What an iteration's events tell; branches have none. */
export type TellIteration = (
  what: 'Started' | 'Succeeded' | 'Failed' | 'Aborted',
  index: number,
  previousEventId: number,
) => number;

/** The branches of a Parallel state, or the iterations of an inline Map. */
export interface FlowsWithin {
  readonly count: number;
  /** How many run at a time. */
  readonly most: number;
  flow(index: number): Flow;
  /** Input of one that begins. Throws `StateError`. */
  input(index: number): Promise<unknown>;
  mapItem?(index: number): Readonly<Record<string, unknown>>;
  /** Adds an event about one and answers its id. */
  readonly tell?: TellIteration;
}
