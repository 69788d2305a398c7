import type { Interaction } from '#domain/interaction/interaction.ts';
import type { Remembered } from './new-links.ts';
import { provenLinks } from './proven-links.ts';
import type { Word } from './word.ts';
import { wordsOf } from './words-of.ts';

/** An identifier that somebody unproven says to have. */
export interface NewClaim {
  readonly identifier: string;
  readonly value?: string;
  readonly word: Word & { readonly by: string };
}

/**
 * The claims of interactions, of which one of the ends is not remembered yet or arrived earlier than is remembered: each once, the
 * earliest first.
 */
export function newClaims({ arrivals }: Remembered, interactions: readonly Interaction[]): NewClaim[] {
  const claims = new Map<string, NewClaim>();
  for (const interaction of interactions) {
    const [primary, ...others] = interaction.identifiers ?? [];
    const proven = new Set(provenLinks(interaction).map(({ key }) => key));
    const arrivedMs = Date.parse(interaction.receivedAt);
    const isNews = others.some(
      ({ key }) => !proven.has(key) && arrivedMs < (arrivals.get(key) ?? Number.POSITIVE_INFINITY),
    );
    if (primary === undefined || !isNews) continue;
    for (const { identifier, word } of wordsOf(interaction)) {
      const { atMs, by } = word;
      if (by === undefined || by === identifier.key) continue;
      const { key, value } = identifier;
      const known = claims.get(`${key} ${by}`);
      if (known !== undefined && known.word.atMs <= atMs) continue;
      claims.set(`${key} ${by}`, {
        identifier: key,
        ...(value === undefined ? {} : { value }),
        word: { atMs, by },
      });
    }
  }
  return [...claims.values()].sort((one, other) => one.word.atMs - other.word.atMs);
}
