import { join, joinAll, type Room } from '#domain/text/bounded-map.ts';
import { boundedName } from '#domain/text/bounded-name.ts';
import type { Keeping } from '#domain/text/keeping.ts';
import { touchpoints } from '#domain/vocabulary/touchpoint.ts';
import type { ConsentWord } from './consent-words.ts';
import { isAsLate, isLater, lastSaid, latestOf, type Moment } from './moment.ts';

/** What a browser's banner, or another source of stamps, said last of a category. */
export interface Stamps {
  readonly no?: Moment;
  readonly yes?: Moment;
}

/**
 * What was said about consent, by category. Refusals have a place of their own, so that no flood of yeses drops one. Every part is a
 * maximum, so that order and repeats do not matter; what counts is worked out on reading.
 */
export interface ConsentRegisters {
  /** Every no, stamped or said. */
  readonly refusals: ReadonlyMap<string, Moment>;
  /** Yeses that were said, not stamped. */
  readonly grants: ReadonlyMap<string, Moment>;
  /** Stamps, by source and category. */
  readonly stamps: ReadonlyMap<string, Stamps>;
}

/** Registers being written. */
export interface ConsentDraft extends ConsentRegisters {
  readonly refusals: Map<string, Moment>;
  readonly grants: Map<string, Moment>;
  readonly stamps: Map<string, Stamps>;
}

/** Categories that are kept besides those in use, of each. */
const most = { refusals: 96, grants: 32, stamps: 32 } as const;

/** What is refused of a whole channel; it stays as what the catalogue asks for does. */
const ofChannels: ReadonlySet<string> = new Set([
  '*',
  ...touchpoints.flatMap((channel) => [`*:${channel}`, `address:${channel}`]),
]);

/** Registers in which nothing is said. */
export function blankConsents(): ConsentDraft {
  return { refusals: new Map(), grants: new Map(), stamps: new Map() };
}

/** A draft that shares nothing with the registers. */
export function draftOfConsents({ refusals, grants, stamps }: ConsentRegisters): ConsentDraft {
  return { refusals: new Map(refusals), grants: new Map(grants), stamps: new Map(stamps) };
}

/** Whether nothing is said. */
export function isBlank({ refusals, grants, stamps }: ConsentRegisters): boolean {
  return refusals.size + grants.size + stamps.size === 0;
}

/** Writes a word; `source` is who stamps it, and holds no blank. */
export function writeConsent(
  draft: ConsentDraft,
  { category, granted, isExplicit }: ConsentWord,
  { source, moment, keeping }: { readonly source: string; readonly moment: Moment; readonly keeping: Keeping },
): void {
  const name = boundedName(category);
  const room = (others: number, nameOf = (key: string) => key): Room => {
    const { isInUse, ...sample } = keeping.room('consents', others);
    return { ...sample, isInUse: (key) => ofChannels.has(nameOf(key)) || isInUse(nameOf(key)) };
  };
  if (!granted) join(draft.refusals, name, moment, latestOf, room(most.refusals));
  else if (isExplicit) join(draft.grants, name, moment, lastSaid, room(most.grants));
  if (isExplicit) return;
  const stamp = granted ? { yes: moment } : { no: moment };
  join(draft.stamps, `${source} ${name}`, stamp, joinStamps, room(most.stamps, categoryOfStamp));
}

/** Adds what other registers say. */
export function joinConsents(target: ConsentDraft, source: ConsentRegisters): void {
  joinAll(target.refusals, source.refusals, latestOf);
  joinAll(target.grants, source.grants, lastSaid);
  joinAll(target.stamps, source.stamps, joinStamps);
}

/** A consent that holds, and since when (epoch milliseconds). */
export interface Consent {
  readonly granted: boolean;
  readonly at: number;
  /** When it was said, to be compared with what is said of narrower and wider categories; a stamp says nothing anew. */
  readonly said?: Moment;
}

/**
 * The consents that hold, from what trusted touchpoints told and what the customer's own browsers did. A no holds until a later
 * yes that is said anew: explicitly, or by a source whose own last stamp before was that no. What a browser says never undoes a no
 * that a trusted touchpoint told; a browser's no holds against whatever was said before it.
 */
export function consentsOf(trusted: ConsentRegisters, own: readonly ConsentRegisters[]): ReadonlyMap<string, Consent> {
  const all = [trusted, ...own];
  const consents = new Map<string, Consent>();
  for (const category of new Set(all.flatMap(categoriesOf))) {
    const word = verdictOf(category, [trusted]);
    const consent = word?.granted === false ? word : verdictOf(category, all);
    if (consent !== undefined) consents.set(category, consent);
  }
  return consents;
}

function categoriesOf({ refusals, grants, stamps }: ConsentRegisters): string[] {
  return [...refusals.keys(), ...grants.keys(), ...[...stamps.keys()].map(categoryOfStamp)];
}

const categoryOfStamp = (key: string) => key.slice(key.indexOf(' ') + 1);

function verdictOf(category: string, registers: readonly ConsentRegisters[]): Consent | undefined {
  const no = registers.flatMap(({ refusals }) => refusals.get(category) ?? []).reduce(orLatest, undefined);
  const stamps = registers.flatMap((each) =>
    [...each.stamps].flatMap(([key, stamp]) => (categoryOfStamp(key) === category ? [stamp] : [])),
  );
  const said = registers.flatMap(({ grants }) => grants.get(category) ?? []).filter((yes) => !no || isLater(yes, no));
  const anew = said.reduce(orLast, undefined);
  if (anew !== undefined) return { granted: true, at: anew.at, said: anew };
  const isTurned = no !== undefined && stamps.some((stamp) => hasTurned(stamp, no));
  if (no !== undefined && !isTurned) return { granted: false, at: no.at, said: no };
  const stamped = stamps.flatMap(({ yes }) => yes ?? []).reduce(orLast, undefined);
  if (stamped === undefined) return undefined;
  // Whoever stamps yes after its own no was told anew; when, nobody knows, but after that no.
  return { granted: true, at: stamped.at, ...(no === undefined ? {} : { said: no }) };
}

/** Whether a source stamps yes after a no of its own that is no earlier than any other. */
function hasTurned({ no: own, yes }: Stamps, no: Moment): boolean {
  if (own === undefined || yes === undefined || !isLater(yes, own)) return false;
  return isAsLate(own, no);
}

function orLatest(a: Moment | undefined, b: Moment): Moment {
  return a === undefined ? b : latestOf(a, b);
}

function orLast(a: Moment | undefined, b: Moment): Moment {
  return a === undefined ? b : lastSaid(a, b);
}

function joinStamps(a: Stamps, b: Stamps): Stamps {
  const no = a.no && b.no ? latestOf(a.no, b.no) : (a.no ?? b.no);
  const yes = a.yes && b.yes ? lastSaid(a.yes, b.yes) : (a.yes ?? b.yes);
  return { ...(no === undefined ? {} : { no }), ...(yes === undefined ? {} : { yes }) };
}
