import { byMoment, type Moment } from '#domain/consent/moment.ts';
import { byCodeUnit, join, type Room } from '#domain/text/bounded-map.ts';
import { boundedName } from '#domain/text/bounded-name.ts';
import { canonicalJson } from '#domain/text/canonical-json.ts';

/** What decides which of two writes is the last: its moment, then the message id. */
export interface Write extends Moment {
  readonly messageId: string;
}

/** A trait's last value. */
export interface TraitRegister extends Write {
  /** Canonical JSON; `null` hides the trait and keeps older values out. */
  readonly json: string;
}

export const mostTraits = 100;
/** Personal traits have a limit of their own: they must not displace what the lake can rebuild. */
export const mostPersonalTraits = 32;
/** Largest value kept, in bytes of its JSON. */
export const largestTraitBytes = 1024;

const tombstone = 'null';
const usualRoom = { room: mostTraits, bytes: largestTraitBytes };

/** Writes a trait: the last write wins, and `null`, as well as a value too large to keep, hides the trait. */
export function writeTrait(
  traits: Map<string, TraitRegister>,
  key: string,
  value: unknown,
  write: Write,
  { room, bytes }: { readonly room: Room | number; readonly bytes: number } = usualRoom,
): void {
  const json = canonicalJson(value);
  const isKept = json !== undefined && Buffer.byteLength(json) <= bytes;
  const { at, sequence, receivedAt, messageId } = write;
  const register = { at, sequence, receivedAt, messageId: boundedName(messageId), json: isKept ? json : tombstone };
  join(traits, boundedName(key), register, laterOf, room);
}

/**
 * The register that was written last; a total order of deliveries, so that it does not matter which comes first. Of one message that
 * arrives again it has the last arrival: one register can't know the first arrival of a message that lost its place in it.
 */
export function laterOf(a: TraitRegister, b: TraitRegister): TraitRegister {
  const order = byMoment(a, b) || byCodeUnit(a.messageId, b.messageId) || byCodeUnit(a.json, b.json);
  return order >= 0 ? a : b;
}

/** The traits that are not hidden, as parsed JSON values. */
export function visibleTraits(traits: ReadonlyMap<string, TraitRegister>): [string, unknown][] {
  return [...traits]
    .filter(([, register]) => register.json !== tombstone)
    .map(([key, register]) => [key, JSON.parse(register.json)]);
}
