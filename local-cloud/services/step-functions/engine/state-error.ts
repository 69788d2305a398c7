/** A field that could not be evaluated. */
export interface EvaluationFault {
  /** `Output/total`; absent when it is about the state's input. */
  readonly location?: string;
  /** Whether it was found together with entering the state, or after that. */
  readonly when: 'on entering' | 'after entering';
}

/** What ends a state: an error's name and cause as Retry and Catch see them. */
export class StateError extends Error {
  override readonly name = 'StateError';
  readonly error: string | undefined;
  readonly reason: string | undefined;
  /** Set when the state's own definition could not be evaluated; then `reason` lacks the sentence that names the state. */
  readonly fault: EvaluationFault | undefined;
  constructor(error: string | undefined, reason: string | undefined, fault?: EvaluationFault) {
    super(`${error ?? ''}: ${reason ?? ''}`);
    this.error = error;
    this.reason = reason;
    this.fault = fault;
  }
}

/** An expression, or what it gave, can't be used. */
export function evaluationError(
  reason: string,
  location?: string,
  when: EvaluationFault['when'] = 'on entering',
): StateError {
  return new StateError('States.QueryEvaluationError', reason, {
    when,
    ...(location === undefined ? {} : { location }),
  });
}
