import * as z from 'zod';

/** What a customer can do with a treatment; on the phone also to think about it, to ask for another call, or to be somebody else. */
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
  'considering',
  'call-back',
  'not-reached',
] as const;

export const Disposition = z.enum(dispositions);
export type Disposition = z.infer<typeof Disposition>;
