import * as z from 'zod';

/** CEL as it was written: white space stays, so that lines and columns of faults do. */
const Source = z.string().max(4000).regex(/\S/, 'Expected a rule');

/** Source of a CEL rule, true or false; what it needs and does not find makes it false. It is type-checked when it is saved. */
export const RuleText = Source;

/** Source of a CEL expression that gives a number; it is type-checked when it is saved. */
export const ValueText = Source;

/** The three questions of an engagement policy, in the order in which they are asked. */
export const engagementQuestions = ['eligible', 'applicable', 'suitable'] as const;
export type EngagementQuestion = (typeof engagementQuestions)[number];

/** The questions as fields of an item: each must be true; one that is absent is. */
export const engagementPolicy = {
  eligible: RuleText.describe('CEL rule: whether the customer may have it at all').optional(),
  applicable: RuleText.describe('CEL rule: whether it makes sense for what the customer has now').optional(),
  suitable: RuleText.describe('CEL rule: whether it is right for the customer, ethically and by situation').optional(),
} satisfies Record<EngagementQuestion, z.ZodType>;
