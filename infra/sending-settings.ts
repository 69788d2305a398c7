import * as z from 'zod';
import { Touchpoint } from '#contracts/stage/stage-settings.ts';

/** Who sends what campaigns choose. A channel that is not set up sends nothing, and its contacts fail with `not_configured`. */
export const SendingSettings = z.strictObject({
  /** Address of an identity that SES has verified in the stage's account: its domain is. */
  from: z.email().optional(),
  /** A phone number, sender id or pool of AWS End User Messaging SMS: its id or ARN. */
  sms: z.string().min(1).optional(),
  /** Messages of a channel in a minute, at most; 600 where nothing is said. */
  perMinute: z.record(Touchpoint, z.int().min(1).max(1_000_000)),
});
export type SendingSettings = z.infer<typeof SendingSettings>;
