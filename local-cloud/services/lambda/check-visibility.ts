import { lambdaError } from './errors.ts';

/** A queue's visibility timeout beside the timeout of the function that reads it. */
export interface ReadingTimes {
  readonly visibilitySeconds: number;
  readonly functionSeconds: number;
}

/** Refuses, in Lambda's words, a queue that would hand a message out again while the function still has it. */
export function checkVisibility(mapping: string, { visibilitySeconds, functionSeconds }: ReadingTimes): void {
  if (visibilitySeconds >= functionSeconds) return;
  throw lambdaError(
    'InvalidParameterValueException',
    `${mapping}: Queue visibility timeout: ${visibilitySeconds} seconds is less than Function timeout: ${functionSeconds} seconds`,
  );
}
