import * as z from 'zod';
import { stepFunctionsError } from '#local-cloud/services/step-functions/errors.ts';

/** Which page of a list is asked for. */
export const pageInput = z.object({
  maxResults: z.int().min(0).max(1000).default(0),
  nextToken: z.string().optional(),
});

/** A page has 100 entries unless the caller says otherwise. */
const usualSize = 100;

/** A page of a list, and how to ask for the next one when there is one. Throws InvalidToken. */
export function paged<Item>(
  { maxResults, nextToken = '0' }: z.infer<typeof pageInput>,
  take: (skip: number, most: number) => readonly Item[],
): { readonly items: readonly Item[]; readonly nextToken: { readonly nextToken?: string } } {
  if (!/^\d+$/.test(nextToken)) throw stepFunctionsError('InvalidToken', `Invalid Token: '${nextToken}'`);
  const skip = Number(nextToken);
  const most = maxResults === 0 ? usualSize : maxResults;
  const found = take(skip, most + 1);
  return {
    items: found.slice(0, most),
    nextToken: found.length > most ? { nextToken: String(skip + most) } : {},
  };
}
