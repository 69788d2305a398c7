import * as z from 'zod';
import { stepFunctionsError } from '#local-cloud/services/step-functions/errors.ts';

/** An operation's input by its schema. Throws ValidationException. */
export function readInput<Value>(schema: z.ZodType<Value>, input: unknown): Value {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  throw stepFunctionsError('ValidationException', z.prettifyError(parsed.error));
}
