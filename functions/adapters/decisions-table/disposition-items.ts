import * as z from 'zod';
import { ToldDisposition } from '#domain/disposition/told-disposition.ts';
import { parse, parseJson } from '#runtime/parse.ts';

const Item = z.object({ told: z.object({ S: z.string() }) });

/** Reads the item of a disposition. Throws {@link UnexpectedShapeError}. */
export function toldFrom(item: unknown): ToldDisposition {
  return parseJson(ToldDisposition, parse(Item, item, 'An item of a disposition').told.S, 'A disposition');
}
