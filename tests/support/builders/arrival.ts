import type { Arrival } from '#contracts/wire/read-interaction.ts';
import { defaultIdentifiers } from '#domain/identity/identifier-catalogue.ts';

/** When the tests' requests arrive. */
export const receivedAt = Date.UTC(2026, 2, 10, 12);

/** What the door knows of a request of the web that arrived at {@link receivedAt} and did not say when it was sent. */
export function arrival(over: Partial<Arrival> = {}): Arrival {
  return {
    receivedAt,
    sentAt: undefined,
    place: 0,
    touchpoint: 'web',
    speaksFor: () => true,
    trust: 'server',
    identifiers: defaultIdentifiers,
    newId: () => 'new-id',
    ...over,
  };
}
