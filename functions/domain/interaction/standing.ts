import * as z from 'zod';
import type { Trust } from '#domain/credential/trust.ts';
import type { Interaction } from './interaction.ts';

/**
 * Whose word an interaction is, a function of itself alone, so that folds of it commute. `trusted`: a server credential told it, or it
 * is proven. `own`: a public key told it of the browser or device that it speaks for. `claimed`: a public key told it of somebody
 * whom it names, which anybody can.
 */
export const Standing = z.enum(['trusted', 'own', 'claimed']);
export type Standing = z.infer<typeof Standing>;

/** Types of identifiers that belong to the browser or device that tells them: random, and known to nobody else. */
const ownTypes: ReadonlySet<string> = new Set(['anonymous_id', 'device_id']);

/** Whether an identifier of this type may be led by whoever holds a public key. */
export function isOwnType(type: string): boolean {
  return ownTypes.has(type);
}

/** Whether a key is of an identifier that belongs to one browser or device. */
export function isOwnKey(key: string): boolean {
  return isOwnType(key.slice(0, key.indexOf(':')));
}

/** The key of the browser or device that an interaction names, the one of the highest priority; undefined when it names none. */
export function browserOf({ identifiers = [] }: Pick<Interaction, 'identifiers'>): string | undefined {
  return identifiers.find(({ key }) => isOwnKey(key))?.key;
}

/** The standing of what a credential of a trust tells of an identifier of a type. */
export function standingOf(trust: Trust, primaryType: string): Standing {
  if (trust === 'server') return 'trusted';
  return isOwnType(primaryType) ? 'own' : 'claimed';
}

/** Whether a public key told it, of itself or of somebody else. */
export function isPublic({ standing = 'trusted' }: Pick<Interaction, 'standing'>): boolean {
  return standing !== 'trusted';
}

/** The browser or device that a claim came from; undefined when it names none. */
export function claimantOf(interaction: Interaction): string | undefined {
  return interaction.standing === 'claimed' ? browserOf(interaction) : undefined;
}
