import * as z from 'zod';

/** Places where the firm and a customer meet, of every stage. */
export const touchpoints = [
  'web',
  'app',
  'email',
  'sms',
  'push',
  'call-centre',
  'store',
  'billing',
  'collections',
  'ordering',
  'repair',
  'telesales',
  'affiliate',
] as const;

/** The name of a touchpoint: one of those, or one that the stage adds, such as survey, chat or kiosk. */
export const Touchpoint = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,31}$/, 'Expected a name of lower-case letters, digits and "-", such as call-centre')
  .meta({ examples: [...touchpoints] });
export type Touchpoint = z.infer<typeof Touchpoint>;

/** The touchpoint of every stage that a text names, if it does. */
export function touchpointNamed(text: unknown): Touchpoint | undefined {
  return touchpoints.find((touchpoint) => touchpoint === text);
}
