import * as z from 'zod';
import { ConfigurationError } from './errors.ts';

/** Reads the named environment variables, which the bind calls of `LoopFunction` set. Throws {@link ConfigurationError}. */
export function environment<const Name extends string>(...names: readonly Name[]): Record<Name, string> {
  const shape = Object.fromEntries(names.map((name) => [name, z.string().min(1)]));
  const parsed = z.object(shape).safeParse(process.env);
  if (!parsed.success) {
    throw new ConfigurationError(
      `Expected the environment variables ${names.join(', ')}: ${z.prettifyError(parsed.error)}`,
    );
  }
  const values: Partial<Record<Name, string>> = {};
  for (const name of names) values[name] = parsed.data[name];
  return complete(values, names);
}

function complete<Name extends string>(
  values: Partial<Record<Name, string>>,
  names: readonly Name[],
): Record<Name, string> {
  const isComplete = (partial: Partial<Record<Name, string>>): partial is Record<Name, string> =>
    names.every((name) => partial[name] !== undefined);
  if (!isComplete(values)) throw new ConfigurationError(`Expected the environment variables ${names.join(', ')}`);
  return values;
}
