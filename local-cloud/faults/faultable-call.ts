import type { Shuffle } from '#local-cloud/cloud/service.ts';
import type { RunningInvocation } from './invocations.ts';

type Input = Readonly<Record<string, unknown>>;

/** Runs the call; a fault may change its input, or the order in which a queue hands out. */
export type Run = (input: Input, shuffle?: Shuffle) => Promise<unknown>;

/** A call that may be hit. */
export interface FaultableCall {
  readonly service: string;
  readonly operation: string;
  readonly input: Input;
  /** Construct id of the function that calls, or, for Invoke, that is called. */
  readonly functionName: string | undefined;
  readonly invocation: RunningInvocation | undefined;
  /** Number of the call within its invocation. */
  readonly number: number | undefined;
}
