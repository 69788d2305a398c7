import { partsOfKey } from './identifier-key.ts';
import { sightPeriod } from './sight-period.ts';
import { joinWords, type Word } from './word.ts';

/** What is known of an identifier besides its links. */
export interface Member {
  /** When its persona was first there, in epoch milliseconds; absent while it leads no interaction. */
  readonly firstMs?: number;
  /** Its normalised value, for types that are not personal. */
  readonly value?: string;
  /** Who told of it first, the earliest first; of what belongs to a browser or device alone there is none. */
  readonly words?: readonly Word[];
}

/** Two identifiers of which an interaction proves that they are one's; `a` before `b` in the order of their keys. */
export interface Link {
  readonly a: string;
  readonly b: string;
  /** When the first such interaction happened, in epoch milliseconds. */
  readonly atMs: number;
  /** When it was first recorded: which merge was made by it. It has no say in who is one customer. */
  readonly recordedMs: number;
  /** Whether the firm said so by an alias. */
  readonly isAlias?: true;
  /** The last period in which such an interaction happened: see `sightPeriod`. Absent while that is the period of the first. */
  readonly seenIn?: number;
}

/** A person's word that the two sides are not one customer. */
export interface Cut {
  /** Keys, in order. */
  readonly left: readonly string[];
  readonly right: readonly string[];
  readonly atMs: number;
  /** Id of the credential that asked. */
  readonly askedBy: string;
  /** The personas that the request named: the one to separate from, and the one to take out. */
  readonly fromPersonaId: string;
  readonly personaId: string;
}

/** Identifiers and what joins them: the whole input of the partition. */
export interface IdentityGraph {
  readonly members: ReadonlyMap<string, Member>;
  /** Each pair once; an end that is no member is a shared identifier of elsewhere, or one of those that a shared member was seen with. */
  readonly links: readonly Link[];
  readonly cuts: readonly Cut[];
  /** Identifiers known to be shared, members or not. Which members are so is for their links to say: see `sharingIn`. */
  readonly shared: ReadonlySet<string>;
}

/** The one form of a link between two identifiers; `seenIn` is the last period in which they were seen together. */
export function linkOf(one: string, other: string, atMs: number, recordedMs: number, seenIn?: number): Link {
  const link = one < other ? { a: one, b: other, atMs, recordedMs } : { a: other, b: one, atMs, recordedMs };
  return seenIn === undefined ? link : seenAlsoIn(link, seenIn);
}

/** The last period in which a link's ends were seen together. */
export function lastSeenIn({ atMs, seenIn }: Pick<Link, 'atMs' | 'seenIn'>): number {
  return seenIn ?? sightPeriod(atMs);
}

function seenAlsoIn({ seenIn: known, ...link }: Link, period: number): Link {
  const first = sightPeriod(link.atMs);
  const seenIn = Math.max(period, known ?? first);
  return seenIn > first ? { ...link, seenIn } : link;
}

/** The same link as the firm's word that its ends are one account. */
export function aliasOf(link: Link): Link {
  return { ...link, isAlias: true };
}

/** Whether a link is an alias of two ids of one type: they are one account, however many a customer may have. */
export function isOfOneAccount({ a, b, isAlias }: Link): boolean {
  return isAlias === true && partsOfKey(a).type === partsOfKey(b).type;
}

/** Tells links apart. */
export function pairOf({ a, b }: Link): string {
  return `${a} ${b}`;
}

/** All that a link says but for when it was recorded and last seen: what is told of it. */
export function sayingOf(link: Link): string {
  return `${pairOf(link)} ${link.atMs}${link.isAlias ? ' alias' : ''}`;
}

/** Links of all lists, each pair once, with the earliest of its times and its last sight; one that is an alias anywhere is one. */
export function joinLinks(...lists: readonly (readonly Link[])[]): Link[] {
  const joined = new Map<string, Link>();
  for (const link of lists.flat()) {
    const known = joined.get(pairOf(link));
    joined.set(
      pairOf(link),
      known === undefined
        ? link
        : seenAlsoIn(
            {
              ...link,
              atMs: Math.min(known.atMs, link.atMs),
              recordedMs: Math.min(known.recordedMs, link.recordedMs),
              ...(known.isAlias ? { isAlias: true } : {}),
            },
            Math.max(lastSeenIn(known), lastSeenIn(link)),
          ),
    );
  }
  return [...joined.values()];
}

/** What two sources know of one identifier. */
export function joinMembers(one: Member | undefined, other: Member): Member {
  const firstMs = Math.min(one?.firstMs ?? Number.POSITIVE_INFINITY, other.firstMs ?? Number.POSITIVE_INFINITY);
  const value = one?.value ?? other.value;
  const words = joinWords(one?.words ?? [], other.words ?? []);
  return {
    ...(Number.isFinite(firstMs) ? { firstMs } : {}),
    ...(value === undefined ? {} : { value }),
    ...(words.length === 0 ? {} : { words }),
  };
}
