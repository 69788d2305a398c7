import { type Arrival, type ReadInteraction, readInteraction } from '#domain/interaction/read-interaction.ts';
import type { Arrivals, IdentityKey } from '#ports';

/**
 * Reads the events of a request. A time that depends on the arrival (no timestamp, a clock that is wrong, a bound) depends on the
 * message's first arrival: so it is the same whenever its sender sends it again, in whatever order deliveries are looked at.
 * Events with good clocks ask nobody.
 */
export async function readByFirstArrival(
  events: readonly unknown[],
  arrival: Omit<Arrival, 'place' | 'firstAt'>,
  key: IdentityKey,
  arrivals: Arrivals,
): Promise<ReadInteraction[]> {
  const read = events.map((event, place) => readInteraction(event, { ...arrival, place }));
  const asked = read.flatMap((result, place) =>
    result.kind === 'accepted' && result.dependsOnArrival ? [{ place, message: messageKey(result, key) }] : [],
  );
  const messages = [...new Set(asked.map(({ message }) => message))];
  if (messages.length === 0) return read;
  const firsts = await arrivals.first(messages, arrival.receivedAt);
  const firstOf = new Map(messages.map((message, index) => [message, firsts[index] ?? arrival.receivedAt]));
  for (const { place, message } of asked) {
    const firstAt = firstOf.get(message) ?? arrival.receivedAt;
    // Nothing arrives before it arrived first, but the clocks of two functions differ.
    if (firstAt < arrival.receivedAt) read[place] = readInteraction(events[place], { ...arrival, place, firstAt });
  }
  return read;
}

/** A message of a persona: ids are unique to their sender alone. */
function messageKey(
  { interaction, identifiers: [primary] }: Extract<ReadInteraction, { kind: 'accepted' }>,
  key: IdentityKey,
): string {
  return key.hash('message', JSON.stringify([primary?.type, primary?.value, interaction.messageId]));
}
