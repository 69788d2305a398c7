import type { NewClaim } from '#domain/identity/new-claims.ts';
import type { Identities, KnownIdentifier, SeenIdentifier } from '#ports/identities.ts';

/** Remembers what the graph of identities was told: links, claims and first times, each the earliest. */
export class FakeIdentities implements Pick<Identities, 'link' | 'claim' | 'seenSince' | 'personaSeen'> {
  /** Earliest time by `primary other`. */
  readonly links = new Map<string, number>();
  /** Earliest arrival by `claimed claimant`. */
  readonly claims = new Map<string, number>();
  /** Earliest first time by identifier. */
  readonly firsts = new Map<string, number>();
  readonly values = new Map<string, string>();
  /** `primary other` of the links that are aliases. */
  readonly aliases = new Set<string>();
  readonly calls: string[] = [];

  async link(
    persona: KnownIdentifier & { readonly seenFirstMs: number },
    links: readonly (KnownIdentifier & { readonly atMs: number; readonly isAlias?: true })[],
  ): Promise<void> {
    this.calls.push(`link ${[persona, ...links].map(({ identifier }) => identifier).join(' ')}`);
    this.tell(this.firsts, persona.identifier, persona.seenFirstMs);
    for (const { identifier, atMs } of links) this.tell(this.links, `${persona.identifier} ${identifier}`, atMs);
    for (const { identifier, isAlias } of links) if (isAlias) this.aliases.add(`${persona.identifier} ${identifier}`);
    for (const { identifier, value } of [persona, ...links]) if (value) this.values.set(identifier, value);
  }

  async claim(persona: SeenIdentifier, { identifier, word }: NewClaim): Promise<void> {
    this.calls.push(`claim ${identifier} ${word.by}`);
    this.tell(this.firsts, persona.identifier, persona.seenFirstMs);
    this.tell(this.claims, `${identifier} ${word.by}`, word.atMs);
  }

  async personaSeen(personaId: string, seenFirstMs: number): Promise<void> {
    this.calls.push(`personaSeen ${personaId}`);
    this.tell(this.firsts, personaId, seenFirstMs);
  }

  async seenSince(persona: KnownIdentifier & { readonly seenFirstMs: number }): Promise<void> {
    this.calls.push(`seenSince ${persona.identifier}`);
    this.tell(this.firsts, persona.identifier, persona.seenFirstMs);
  }

  private tell(times: Map<string, number>, key: string, at: number): void {
    times.set(key, Math.min(times.get(key) ?? Number.POSITIVE_INFINITY, at));
  }
}
