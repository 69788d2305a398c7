import * as z from 'zod';

/** What an offer wants of the customer: to accept (or buy), to look closer, or to buy and nothing less. */
export const Goal = z.enum(['acceptance', 'click', 'conversion']);
export type Goal = z.infer<typeof Goal>;

/** Days after a decision in which its goal can be met, at most; its record is kept for two weeks more, to know what is late. */
export const longestGoalDays = 30;
