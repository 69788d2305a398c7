import * as z from 'zod';

/** What to take out of a customer: a persona by its id, or by its identifier. */
export const UnmergeBody = z
  .strictObject({
    persona: z.uuid().describe('Id of a persona of the customer').optional(),
    identifier: z.string().describe('Instead: {type}:{value} of an identifier of the customer').optional(),
  })
  .refine(
    ({ persona, identifier }) => (persona === undefined) !== (identifier === undefined),
    'Expected {"persona": id} or {"identifier": "{type}:{value}"}',
  );
export type UnmergeBody = z.infer<typeof UnmergeBody>;

/** What became of it. */
export const UnmergeAnswer = z.object({
  changed: z.boolean().describe('false when they were different customers already'),
  customerId: z.string().describe('Customer of the identifier in the path'),
  separatedCustomerId: z.string().describe('Customer of the persona that was taken out'),
});
export type UnmergeAnswer = z.infer<typeof UnmergeAnswer>;
