import { type Arrival, type ReadInteraction, readInteraction } from '#contracts/wire/read-interaction.ts';
import { microsecondsOf } from '#domain/interaction/sequence.ts';
import type { Arrivals } from '#ports/arrivals.ts';
import type { IdentityKey } from '#ports/identity-key.ts';

/**
 * Reads the events of a request. A time that depends on the arrival (no timestamp, a clock that is wrong, a bound) is the one that
 * the message's first arrival gave it: the same whenever its sender sends it again, in whatever order deliveries are looked at.
 * Events with good clocks ask nobody.
 */
export async function readByFirstArrival(
  events: readonly unknown[],
  arrival: Omit<Arrival, 'place' | 'firstMicros'>,
  key: IdentityKey,
  arrivals: Arrivals,
): Promise<ReadInteraction[]> {
  const read = events.map((event, place) => readInteraction(event, { ...arrival, place }));
  const asked = read.flatMap((result, place) =>
    result.kind === 'accepted' && result.dependsOnArrival
      ? [{ place, key: messageKey(result, key), micros: microsOf(result) }]
      : [],
  );
  // Of a message that a request holds several times the first is asked about.
  const messages = [...new Map(asked.toReversed().map((one) => [one.key, one])).values()];
  if (messages.length === 0) return read;
  const firsts = await arrivals.first(messages, arrival.receivedAt);
  const firstOf = new Map(messages.map(({ key }, index) => [key, firsts[index]]));
  for (const { place, key, micros } of asked) {
    const firstMicros = firstOf.get(key) ?? micros;
    if (firstMicros !== micros) read[place] = readInteraction(events[place], { ...arrival, place, firstMicros });
  }
  return read;
}

type Accepted = Extract<ReadInteraction, { kind: 'accepted' }>;

/** A message of a persona: ids are unique to their sender alone. */
function messageKey({ interaction, identifiers: [primary] }: Accepted, key: IdentityKey): string {
  return key.hash('message', JSON.stringify([primary?.type, primary?.value, interaction.messageId]));
}

/** When it happened, in epoch microseconds. */
function microsOf({ interaction: { occurredAt, sequence = 0 } }: Accepted): number {
  return Date.parse(occurredAt) * 1000 + microsecondsOf(sequence);
}
