import type { Interaction } from '#domain/interaction/interaction.ts';

/** An identifier that came together with the primary one, with the first time in epoch milliseconds. */
export interface NewLink {
  readonly identifier: string;
  readonly atMs: number;
  readonly value?: string;
}

/** The links of interactions that are not remembered yet, or were made earlier than is remembered: each once. */
export function newLinks(remembered: ReadonlyMap<string, number>, interactions: readonly Interaction[]): NewLink[] {
  const links = new Map<string, NewLink>();
  for (const { occurredAt, identifiers = [] } of interactions) {
    const atMs = Date.parse(occurredAt);
    for (const { key, value } of identifiers.slice(1)) {
      const known = Math.min(remembered.get(key) ?? Number.POSITIVE_INFINITY, links.get(key)?.atMs ?? atMs + 1);
      if (atMs < known) links.set(key, { identifier: key, atMs, ...(value === undefined ? {} : { value }) });
    }
  }
  return [...links.values()];
}
