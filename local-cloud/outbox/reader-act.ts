import * as z from 'zod';

/** What somebody does with a mail of the outbox: its reader, a program on the way, or the server that it goes to. */
export const readerAct = z.strictObject({
  providerId: z.string(),
  act: z.enum(['Open', 'Click', 'Bounce', 'Complaint']),
  userAgent: z.string().optional(),
  link: z.string().optional(),
  bounceType: z.enum(['Permanent', 'Transient', 'Undetermined']).optional(),
  feedbackId: z.string().optional(),
});
export type ReaderAct = z.infer<typeof readerAct>;
