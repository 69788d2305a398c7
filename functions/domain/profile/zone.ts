import { isRealZone } from '#domain/calendar/real-zone.ts';
import type { Interaction } from '#domain/interaction/interaction.ts';
import { laterOf, type TraitRegister, type Write, writeTrait } from './traits.ts';

/**
 * The time zone that an interaction tells (Segment's `context.timezone`, or the trait `timezone`) as a register; undefined when it
 * tells no real one, for then the one that is known stays.
 */
export function zoneTold({ type, context, traits }: Interaction, write: Write): TraitRegister | undefined {
  const told = [context.timezone, type === 'group' ? undefined : traits.timezone].find(isRealZone);
  if (told === undefined) return undefined;
  const registers = new Map<string, TraitRegister>();
  writeTrait(registers, 'zone', told, write);
  return registers.get('zone');
}

/** The later of two registers, of which each may be missing. */
export function laterZone(a: TraitRegister | undefined, b: TraitRegister | undefined): TraitRegister | undefined {
  return a === undefined || b === undefined ? (a ?? b) : laterOf(a, b);
}

/** The IANA zone in a register; undefined for one of before that is none. */
export function zoneIn(register: TraitRegister | undefined): string | undefined {
  const zone: unknown = register === undefined ? undefined : JSON.parse(register.json);
  return isRealZone(zone) ? zone : undefined;
}
