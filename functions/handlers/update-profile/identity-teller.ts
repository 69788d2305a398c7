import type { IdentifierRules } from '#domain/identity/identifier-rules.ts';
import { canBeLinkedByOthers } from '#domain/identity/linked-by-others.ts';
import { newLinks } from '#domain/identity/new-links.ts';
import type { Interaction } from '#domain/interaction/interaction.ts';
import type { PersonaState } from '#domain/profile/profile.ts';
import type { Identities } from '#ports';

export interface IdentityDeps {
  readonly identities: Pick<Identities, 'link' | 'seenSince'>;
  readonly identifierRules: IdentifierRules;
  readonly now: () => number;
}

/** Tells the graph of identities what a run of one persona's interactions brings, each thing once however often the run is tried. */
export interface IdentityTeller {
  /** Before the save that remembers the links: whatever happens after it, they are told or come again. */
  beforeSave(before: PersonaState, after: PersonaState, applied: readonly Interaction[]): Promise<void>;
  /** After the save, and for a run that was saved before: a persona that is known since earlier may name its customer now. */
  afterSave(saved: PersonaState): Promise<void>;
}

/** A teller for a run. Interactions that the firm makes itself carry no identifiers and tell nothing. */
export function identityTeller(run: readonly Interaction[], deps: IdentityDeps): IdentityTeller {
  const primary = run.find(({ identifiers }) => identifiers?.[0] !== undefined)?.identifiers?.[0];
  if (primary === undefined) return { beforeSave: async () => {}, afterSave: async () => {} };
  const { key, value } = primary;
  const persona = { identifier: key, ...(value === undefined ? {} : { value }) };
  const runFirstMs = Math.min(...run.map(({ occurredAt }) => Date.parse(occurredAt)));
  const told = new Map<string, number>();
  let toldFirstMs = Number.POSITIVE_INFINITY;

  return {
    async beforeSave(before, after, applied) {
      const links = newLinks(new Map([...before.links, ...told]), applied);
      if (links.length === 0) return;
      const seenFirstMs = after.seen?.first ?? runFirstMs;
      await deps.identities.link({ ...persona, seenFirstMs }, links, deps.now());
      for (const { identifier, atMs } of links) told.set(identifier, atMs);
      toldFirstMs = seenFirstMs;
    },

    async afterSave(saved) {
      const seenFirstMs = saved.seen?.first ?? runFirstMs;
      const holdsFirst = runFirstMs <= seenFirstMs;
      const mayBeLinked = saved.links.size > 0 || canBeLinkedByOthers(key, deps.identifierRules);
      if (!holdsFirst || !mayBeLinked || seenFirstMs >= toldFirstMs) return;
      await deps.identities.seenSince({ ...persona, seenFirstMs }, deps.now());
    },
  };
}
