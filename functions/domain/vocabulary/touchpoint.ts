/** Places where the firm and a customer meet. */
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
export type Touchpoint = (typeof touchpoints)[number];

/** The touchpoint that a text names, if it does. */
export function touchpointNamed(text: unknown): Touchpoint | undefined {
  return touchpoints.find((touchpoint) => touchpoint === text);
}
