import type { Interaction } from '#domain/interaction/interaction.ts';
import { isAliasIn } from './alias-in.ts';
import { provenLinks } from './proven-links.ts';
import { sightPeriod } from './sight-period.ts';
import { firstWord, type Word } from './word.ts';
import { wordsOf } from './words-of.ts';

/** An identifier that came together with the primary one, with the first time in epoch milliseconds. */
export interface NewLink {
  readonly identifier: string;
  readonly atMs: number;
  readonly value?: string;
  /** Who told of it first, of the interactions that had it. */
  readonly heard?: Word;
  /** Whether an alias says that both are ids of one account. */
  readonly isAlias?: true;
  /** The last period in which they came together: see `sightPeriod`. Without it that of the first time. */
  readonly seenIn?: number;
}

/**
 * What a persona remembers to have told: when its links first happened, the last period in which they did, and when they first
 * arrived.
 */
export interface Remembered {
  readonly links: ReadonlyMap<string, number>;
  readonly sights: ReadonlyMap<string, number>;
  readonly arrivals: ReadonlyMap<string, number>;
}

/**
 * The links of interactions that are not remembered yet, that happened or arrived earlier than is remembered, or in a later period:
 * each once, with its first time of all. A persona does not remember what was an alias, so every alias is told.
 */
export function newLinks(remembered: Remembered, interactions: readonly Interaction[]): NewLink[] {
  const links = new Map<string, NewLink>();
  for (const interaction of interactions) {
    const atMs = Date.parse(interaction.occurredAt);
    const words = new Map(wordsOf(interaction).map(({ identifier, word }) => [identifier.key, word]));
    for (const { key, value } of provenLinks(interaction)) {
      const known = links.get(key);
      const word = words.get(key);
      const isAlias = isAliasIn(interaction, key);
      const period = sightPeriod(atMs);
      const isNews =
        isAlias ||
        isBefore(atMs, remembered.links.get(key)) ||
        period > (remembered.sights.get(key) ?? Number.NEGATIVE_INFINITY) ||
        (word !== undefined && isBefore(word.atMs, remembered.arrivals.get(key)));
      if (!isNews && known === undefined) continue;
      const heard = firstWord(known?.heard, word);
      links.set(key, {
        identifier: key,
        atMs: Math.min(known?.atMs ?? remembered.links.get(key) ?? atMs, atMs),
        seenIn: Math.max(known?.seenIn ?? remembered.sights.get(key) ?? period, period),
        ...(value === undefined ? {} : { value }),
        ...(heard === undefined ? {} : { heard }),
        ...(isAlias || known?.isAlias ? { isAlias: true } : {}),
      });
    }
  }
  return [...links.values()];
}

function isBefore(ms: number, known: number | undefined): boolean {
  return known === undefined || ms < known;
}
