import * as z from 'zod';

/** What a customer can do with a treatment. */
export const dispositions = [
  'presented',
  'clicked',
  'accepted',
  'rejected',
  'ignored',
  'no-answer',
  'bounced',
  'complained',
  'unsubscribed',
  'converted',
] as const;

export const Disposition = z.enum(dispositions);
export type Disposition = z.infer<typeof Disposition>;
