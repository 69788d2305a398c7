/** What ended a flow of states. */
export type Outcome =
  | { readonly kind: 'succeeded'; readonly output: unknown }
  | { readonly kind: 'failed'; readonly error?: string | undefined; readonly cause?: string | undefined };

/** A task since it was scheduled. Times are epoch milliseconds. */
export interface TaskProgress {
  readonly scheduledMs: number;
  /** Set when its token is with somebody. */
  isSubmitted?: boolean;
  heartbeatMs?: number;
  /** Present when it has succeeded, and only its output is missing. */
  result?: { readonly value: unknown };
}

/** The state that a flow is in, since it was entered. */
export interface Visit {
  readonly enteredEventId: number;
  /** The event before it. */
  readonly cameFromEventId: number;
  readonly enteredMs: number;
  /** How often each retrier of the state was used. */
  retries: number[];
  /** How often it was tried again in all; only of states that can be. */
  retryCount?: number;
  /** Until when it waits: in a Wait state, or before it tries again. */
  waitUntilMs?: number;
  /** Stands for a task that waits until somebody gives it back. */
  token?: string;
  /** What a task has come to; absent before it is scheduled. */
  task?: TaskProgress;
  /** Whether a Map or Parallel state has begun what is within it. */
  isStarted?: boolean;
  /** The map run of a distributed map, once it is there. */
  mapRunArn?: string;
}

/**
 * Where a flow of states stands: the execution's own, a branch's or an iteration's. It is saved whenever something has happened that
 * must not happen again; what is begun and not saved is begun again after a crash.
 */
export interface Scope {
  /** Empty for the execution itself; else below the state that it is part of. */
  readonly path: string;
  state: string;
  input: unknown;
  /** Those assigned in this scope, not those of the scopes around it. */
  variables: Record<string, unknown>;
  lastEventId: number;
  visit?: Visit;
  outcome?: Outcome;
}

/** A scope at the beginning of its flow. */
export function newScope(path: string, state: string, input: unknown, lastEventId: number): Scope {
  return { path, state, input, variables: {}, lastEventId };
}
