import { firstSeenMs } from '#domain/identity/first-seen-ms.ts';
import { newClaims } from '#domain/identity/new-claims.ts';
import { newLinks, type Remembered } from '#domain/identity/new-links.ts';
import { provenLinks } from '#domain/identity/proven-links.ts';
import { sightPeriod } from '#domain/identity/sight-period.ts';
import { earlierWord, firstWord, type Word } from '#domain/identity/word.ts';
import { wordsOf } from '#domain/identity/words-of.ts';
import type { Interaction } from '#domain/interaction/interaction.ts';
import { isOwnKey } from '#domain/interaction/standing.ts';
import type { PersonaState } from '#domain/profile/persona-state.ts';
import type { Identities } from '#ports/identities.ts';

export interface IdentityDeps {
  readonly identities: Pick<Identities, 'link' | 'claim' | 'seenSince' | 'personaSeen'>;
  readonly now: () => number;
}

/** Tells the graph of identities what a run of one persona's interactions brings, each thing once however often the run is tried. */
export interface IdentityNotifier {
  /** Before the save that remembers the links: whatever happens after it, they are told or come again. */
  beforeSave(before: PersonaState, after: PersonaState): Promise<void>;
  /** After the save, and for a run that was saved before: a persona that is known since earlier may name its customer now. */
  afterSave(saved: PersonaState): Promise<void>;
}

/** A notifier for a run of a persona. */
export function identityNotifier(personaId: string, run: readonly Interaction[], deps: IdentityDeps): IdentityNotifier {
  const primary = run.find(({ identifiers }) => identifiers?.[0] !== undefined)?.identifiers?.[0];
  const runFirstMs = Math.min(...run.map(firstSeenMs));
  if (primary === undefined) return namelessNotifier(personaId, runFirstMs, deps);
  const { key, value } = primary;
  const identifier = { identifier: key, ...(value === undefined ? {} : { value }) };
  const runHeard = isOwnKey(key)
    ? undefined
    : run.map((each) => wordsOf(each)[0]?.word).reduce<Word | undefined>(firstWord, undefined);
  let told: Remembered = { links: new Map(), sights: new Map(), arrivals: new Map() };
  let toldFirstMs = Number.POSITIVE_INFINITY;
  let toldHeard: Word | undefined;

  const personaOf = (state: PersonaState) => ({
    ...identifier,
    seenFirstMs: state.seen?.first ?? runFirstMs,
    heard: state.heard ?? runHeard,
  });

  return {
    async beforeSave(before, after) {
      const remembered = {
        links: new Map([...before.links, ...told.links]),
        sights: new Map([...before.sights, ...told.sights]),
        arrivals: new Map([...before.arrivals, ...told.arrivals]),
      };
      const links = newLinks(remembered, run);
      const claims = newClaims(remembered, run);
      if (links.length === 0 && claims.length === 0) return;
      const persona = personaOf(after);
      if (links.length > 0) await deps.identities.link(persona, links, deps.now());
      for (const claim of claims) await deps.identities.claim(persona, claim, deps.now());
      told = rememberedOf(run);
      toldFirstMs = persona.seenFirstMs;
      toldHeard = persona.heard;
    },

    async afterSave(saved) {
      const persona = personaOf(saved);
      const holdsFirst = runFirstMs <= persona.seenFirstMs && persona.seenFirstMs < toldFirstMs;
      const holdsWord = isNoLater(runHeard, persona.heard) && !isNoLater(toldHeard, persona.heard);
      // Others may link any identifier: an alias even one that leads whatever it comes with.
      if (holdsFirst || holdsWord) await deps.identities.seenSince(persona, deps.now());
    },
  };
}

/**
 * Interactions that the firm makes itself carry no identifiers. They may be the first of a persona that others are linked to: its
 * customer must learn that it is there.
 */
function namelessNotifier(personaId: string, runFirstMs: number, deps: IdentityDeps): IdentityNotifier {
  return {
    beforeSave: async () => {},
    async afterSave({ seen }) {
      const seenFirstMs = seen?.first ?? runFirstMs;
      if (runFirstMs <= seenFirstMs) await deps.identities.personaSeen(personaId, seenFirstMs, deps.now());
    },
  };
}

/** What a run tells in all: whoever told it once need not tell it again. */
function rememberedOf(run: readonly Interaction[]): Remembered {
  const [links, sights, arrivals] = [new Map<string, number>(), new Map<string, number>(), new Map<string, number>()];
  const note = (times: Map<string, number>, key: string, time: string) =>
    times.set(key, Math.min(times.get(key) ?? Number.POSITIVE_INFINITY, Date.parse(time)));
  for (const interaction of run) {
    const period = sightPeriod(Date.parse(interaction.occurredAt));
    for (const { key } of provenLinks(interaction)) {
      note(links, key, interaction.occurredAt);
      sights.set(key, Math.max(sights.get(key) ?? period, period));
    }
    for (const { key } of interaction.identifiers?.slice(1) ?? []) note(arrivals, key, interaction.receivedAt);
  }
  return { links, sights, arrivals };
}

function isNoLater(word: Word | undefined, other: Word | undefined): boolean {
  return word !== undefined && other !== undefined && earlierWord(word, other) <= 0;
}
