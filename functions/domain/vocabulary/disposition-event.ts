import type { Disposition } from './disposition.ts';

/** Name of the track event in which a disposition reaches the profile and the lake. */
export const dispositionEvent = 'Disposition Captured';

/** Name of the trait that has the details of a customer’s last disposition of a kind. */
export function dispositionTrait(disposition: Disposition): string {
  return `disposition:${disposition}`;
}
