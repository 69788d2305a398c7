import * as z from 'zod';
import { DeadLetterRoute, deadLetterRoutesOutput } from '#contracts/stage/dead-letter-route.ts';
import { parseJson } from '#runtime/parse.ts';
import type { Target } from './target.ts';

/** Every queue in which messages stay until somebody sends them again, as the stacks tell. Throws an Error when none does. */
export function deadLetterRoutes({ outputs }: Pick<Target, 'outputs'>): readonly DeadLetterRoute[] {
  const told = Object.entries(outputs).filter(([name]) => name.endsWith(deadLetterRoutesOutput));
  if (told.length === 0) {
    throw new Error(`The stacks have no output ${deadLetterRoutesOutput}, only ${Object.keys(outputs).join(', ')}`);
  }
  return told.flatMap(([name, routes]) => parseJson(z.array(DeadLetterRoute), routes, `The output ${name}`));
}
