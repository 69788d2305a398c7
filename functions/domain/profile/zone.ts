import type { Interaction } from '#domain/interaction/interaction.ts';
import { laterOf, type TraitRegister, type Write, writeTrait } from './traits.ts';

// Names of the IANA time zone database; whether a zone exists is for its reader to find out.
const zoneName = /^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+){0,2}$/;
const longestZone = 64;

/** The time zone that an interaction tells (Segment's `context.timezone`, or the trait `timezone`) as a register. */
export function zoneTold({ type, context, traits }: Interaction, write: Write): TraitRegister | undefined {
  const told = type === 'group' ? context.timezone : (context.timezone ?? traits.timezone);
  if (typeof told !== 'string' || told.length > longestZone || !zoneName.test(told)) return undefined;
  const registers = new Map<string, TraitRegister>();
  writeTrait(registers, 'zone', told, write);
  return registers.get('zone');
}

/** The later of two registers, of which each may be missing. */
export function laterZone(a: TraitRegister | undefined, b: TraitRegister | undefined): TraitRegister | undefined {
  return a === undefined || b === undefined ? (a ?? b) : laterOf(a, b);
}

/** The IANA zone in a register. */
export function zoneIn(register: TraitRegister | undefined): string | undefined {
  const zone: unknown = register === undefined ? undefined : JSON.parse(register.json);
  return typeof zone === 'string' ? zone : undefined;
}
