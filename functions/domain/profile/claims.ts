import {
  blankConsents,
  type ConsentDraft,
  type ConsentRegisters,
  draftOfConsents,
  joinConsents,
} from '#domain/consent/consent-registers.ts';
import type { Word } from '#domain/identity/word.ts';
import type { Interaction } from '#domain/interaction/interaction.ts';
import { browserOf, claimantOf, isOwnKey } from '#domain/interaction/standing.ts';
import { byCodeUnit, joinAll } from '#domain/text/bounded-map.ts';
import { boundedName } from '#domain/text/bounded-name.ts';
import { laterOf, type TraitRegister } from './traits.ts';
import { laterZone } from './zone.ts';

/** What somebody says of a customer: of what is said twice, the last counts. */
export interface Words {
  readonly traits: ReadonlyMap<string, TraitRegister>;
  readonly personalTraits: ReadonlyMap<string, TraitRegister>;
  readonly consents: ConsentRegisters;
  readonly zone: TraitRegister | undefined;
}

/** Words being written. */
export interface WordsDraft extends Words {
  readonly traits: Map<string, TraitRegister>;
  readonly personalTraits: Map<string, TraitRegister>;
  readonly consents: ConsentDraft;
  zone: TraitRegister | undefined;
}

/** What one browser or device says of a persona with a public key, and when its first word arrived (epoch milliseconds). */
export interface Claims extends Words {
  readonly firstAt: number;
}

interface ClaimsDraft extends WordsDraft {
  firstAt: number;
}

/** By who told them: see `claimSourceOf`. */
export type ClaimsBySource = ReadonlyMap<string, Claims>;
export type ClaimsDrafts = Map<string, ClaimsDraft>;

/** Sources of one persona that are kept: those whose first word arrived first. */
export const mostSources = 4;
/** A browser tells less than a touchpoint of the firm does, for several of them must fit into a state. */
export const claimedRoom = { traits: 24, personalTraits: 12, bytes: 512 } as const;

/** 48 bits of a keyed hash, which nobody without the key can aim at. */
const sourceLength = 12;
const ownMark = '!';

/**
 * Who tells an interaction with a public key: the browser or device, as the beginning of its identifier's keyed hash, marked where
 * it speaks of itself; nobody in particular (the empty text) when the interaction names none. Undefined for what a trusted
 * touchpoint tells.
 */
export function claimSourceOf(interaction: Interaction): string | undefined {
  const { standing = 'trusted', identifiers } = interaction;
  if (standing === 'trusted') return undefined;
  if (standing === 'own') return `${shortKey(identifiers?.[0]?.key)}${ownMark}`;
  return shortKey(claimantOf(interaction));
}

/** Who stamps the consents of an interaction: the browser or device that it came from, else its touchpoint. */
export function sourceOf(interaction: Interaction): string {
  const own = browserOf(interaction);
  return own === undefined ? boundedName(interaction.touchpoint.replaceAll(' ', '-')) : shortKey(own);
}

function shortKey(key = ''): string {
  return key.slice(key.indexOf(':') + 1).slice(0, sourceLength);
}

/** The browser or device that a source is when it speaks of itself; undefined for one that speaks of others. */
export function ownBrowser(source: string): string | undefined {
  return source.endsWith(ownMark) ? source.slice(0, -ownMark.length) : undefined;
}

/**
 * The claims of a source, to be written to; undefined when as many others came first. Which sources are kept is a function of the
 * interactions: the earliest of all are the earliest of every part. What was said by one of them while its first word was not known
 * yet, and four others stood before it, is lost: ADR 32.
 */
export function claimsOf(claims: ClaimsDrafts, source: string, receivedAt: number): WordsDraft | undefined {
  const known = claims.get(source);
  if (known !== undefined) {
    known.firstAt = Math.min(known.firstAt, receivedAt);
    return known;
  }
  const made = {
    firstAt: receivedAt,
    traits: new Map(),
    personalTraits: new Map(),
    consents: blankConsents(),
    zone: undefined,
  };
  claims.set(source, made);
  dropLatest(claims);
  return claims.get(source);
}

/** Adds the claims of a source, of which there is room for all: what is combined is read, never stored. */
export function joinClaim(target: ClaimsDrafts, source: string, claims: Claims): void {
  const known = target.get(source);
  if (known === undefined) target.set(source, draftOfClaims(claims));
  else {
    known.firstAt = Math.min(known.firstAt, claims.firstAt);
    joinWords(known, claims);
  }
}

function joinWords(target: WordsDraft, source: Words): void {
  joinAll(target.traits, source.traits, laterOf);
  joinAll(target.personalTraits, source.personalTraits, laterOf);
  joinConsents(target.consents, source.consents);
  target.zone = laterZone(target.zone, source.zone);
}

/** Drafts that share nothing with the claims. */
export function draftsOfClaims(claims: ClaimsBySource): ClaimsDrafts {
  return new Map([...claims].map(([source, each]) => [source, draftOfClaims(each)]));
}

function draftOfClaims({ firstAt, traits, personalTraits, consents, zone }: Claims): ClaimsDraft {
  return {
    firstAt,
    traits: new Map(traits),
    personalTraits: new Map(personalTraits),
    consents: draftOfConsents(consents),
    zone,
  };
}

/**
 * The source that a persona's first word makes its own: who came when nobody had told of it. Whoever claims a customer that a trusted
 * touchpoint told of before is a stranger until it is proven who it is.
 */
export function firstSource(heard: Word | undefined): string | undefined {
  if (heard?.by === undefined) return undefined;
  return isOwnKey(heard.by) ? shortKey(heard.by) : '';
}

function dropLatest(claims: ClaimsDrafts): void {
  if (claims.size <= mostSources) return;
  for (const [source] of [...claims].sort(byArrival).slice(mostSources)) claims.delete(source);
}

function byArrival([a, { firstAt }]: readonly [string, Claims], [b, other]: readonly [string, Claims]): number {
  return firstAt - other.firstAt || byCodeUnit(a, b);
}
