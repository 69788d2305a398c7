import { writeConsent } from '#domain/consent/consent-registers.ts';
import { consentWords } from '#domain/consent/consent-words.ts';
import { isPersonalTrait } from '#domain/privacy/personal-data.ts';
import { sourceOf, type WordsDraft } from './claims.ts';
import type { Told } from './profile-signal.ts';
import { writeTrait } from './traits.ts';
import { laterZone, zoneTold } from './zone.ts';

// What an interaction says of the customer. Every arrival of it says so: a repeat has its own arrival and place in a request, and
// which of them is looked at first must not matter. What is said again is what was said, by the time at which it happened.

/** Room for traits, and the bytes of the largest. */
export interface TraitRoom {
  readonly traits: number;
  readonly personalTraits: number;
  readonly bytes: number;
}

/** Writes the traits that an interaction tells. */
export function sayTraits(
  words: Pick<WordsDraft, 'traits' | 'personalTraits'>,
  { interaction, digest, keeping }: Told,
  room: TraitRoom,
): void {
  // The traits of a group call are the group's.
  if (interaction.type === 'group') return;
  for (const [key, value] of Object.entries(interaction.traits)) {
    const [traits, others] = isPersonalTrait(key)
      ? [words.personalTraits, room.personalTraits]
      : [words.traits, room.traits];
    writeTrait(traits, key, value, digest, { room: keeping.room('traits', others), bytes: room.bytes });
  }
}

/** Writes the consents that an interaction tells. */
export function sayConsents({ consents }: Pick<WordsDraft, 'consents'>, { interaction, digest, keeping }: Told): void {
  for (const word of consentWords(interaction)) {
    writeConsent(consents, word, { source: sourceOf(interaction), moment: digest, keeping });
  }
}

/** Writes the time zone that an interaction tells. */
export function sayZone(words: Pick<WordsDraft, 'zone'>, { interaction, digest }: Told): void {
  words.zone = laterZone(words.zone, zoneTold(interaction, digest));
}
