import type { Interaction } from '#domain/interaction/interaction.ts';

/**
 * From when on an interaction shows its persona to be there, in epoch milliseconds. Whoever holds a public key can say that
 * somebody else did something long ago: of a claim only the arrival is known.
 */
export function firstSeenMs({ standing, occurredAt, receivedAt }: Interaction): number {
  return Date.parse(standing === 'claimed' ? receivedAt : occurredAt);
}
