import * as z from 'zod';
import { purposePattern } from '#domain/vocabulary/purpose.ts';

const purpose = z
  .string()
  .regex(
    new RegExp(`^(${purposePattern}|\\*)(:[a-z0-9][a-z0-9_-]{0,31})?$`),
    'Expected a purpose such as marketing, or marketing:email, or *:email for all by e-mail.',
  );

/** What a customer says about consent: yes or no by purpose, or by purpose and channel. What is not named stays. */
export const ConsentRequest = z
  .record(purpose, z.boolean())
  .refine((wanted) => Object.keys(wanted).length > 0 && Object.keys(wanted).length <= 32, 'Expected 1 to 32 purposes.')
  .describe('Yes or no by purpose (marketing), by purpose and channel (marketing:email), or by channel (*:email)');
export type ConsentRequest = z.infer<typeof ConsentRequest>;

/** That the consents were taken down: the profile has it within seconds. */
export const ConsentAnswer = z.object({
  personaId: z.string().optional().describe('The persona that holds the consents; not told to a public key'),
  occurredAt: z.iso.datetime({ precision: 3 }).describe('When it was said; a later word replaces it'),
});
export type ConsentAnswer = z.infer<typeof ConsentAnswer>;
