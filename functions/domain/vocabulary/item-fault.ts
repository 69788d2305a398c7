import * as z from 'zod';

/** What is wrong with an item, and where: in words for people, and in places for editors. */
export const ItemFault = z.object({
  path: z.string().describe('Dotted path of the field; empty for the whole item'),
  message: z.string().describe('What is wrong'),
  line: z.int().describe('Line in the rule, from 1').optional(),
  column: z.int().describe('Column in that line, from 1').optional(),
  length: z.int().describe('Length of the faulty part').optional(),
  shown: z.string().describe('The line of the rule, and below it marks under the faulty part').optional(),
});
export type ItemFault = z.infer<typeof ItemFault>;

/** A fault at a path of keys and indexes. */
export function faultAt(path: readonly PropertyKey[], message: string): ItemFault {
  return { path: path.map(String).join('.'), message };
}

/** What is said of a field that its kind does not have: the fault is in its name. */
export const noSuchField = 'There is no such field';
