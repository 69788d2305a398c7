import type * as z from 'zod';
import { UnexpectedShapeError } from './errors.ts';

/** Parses what came from outside. Throws {@link UnexpectedShapeError} that names `what` and the paths, never the values. */
export function parse<Schema extends z.ZodType>(schema: Schema, value: unknown, what: string): z.output<Schema> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const places = result.error.issues.map((issue) => `${issue.path.join('.') || '(root)'}: ${issue.code}`);
  throw new UnexpectedShapeError(`${what} does not have its shape at ${places.slice(0, 5).join('; ')}`);
}

/** Parses JSON text and then its shape. Throws {@link UnexpectedShapeError}. */
export function parseJson<Schema extends z.ZodType>(schema: Schema, text: string, what: string): z.output<Schema> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new UnexpectedShapeError(`${what} is not JSON`, { cause });
  }
  return parse(schema, value, what);
}
