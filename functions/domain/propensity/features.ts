import { dayMs } from '#domain/calendar/days.ts';
import { isPersonalTrait } from '#domain/privacy/personal-data.ts';
import type { CountedResponse } from '#domain/profile/responses.ts';
import type { RuleProfile } from '#domain/rule/rule-profile.ts';
import { byCodeUnit } from '#domain/text/bounded-map.ts';
import type { JsonObject } from '#domain/text/json-object.ts';
import { type FeatureVector, featureIndex, featureVector } from './feature-vector.ts';
import { numberFeatures } from './number-features.ts';
import { type Candidate, responseFeatures } from './response-features.ts';

/** What of a profile a propensity may depend on; personal traits are not among it. */
export type PropensityProfile = Pick<
  RuleProfile,
  | 'traits'
  | 'interactions'
  | 'orders'
  | 'firstSeen'
  | 'lastSeen'
  | 'lastPurchase'
  | 'purchases'
  | 'touchpoints'
  | 'channels'
  | 'categories'
>;

/** What a propensity may depend on, at one moment. */
export interface PropensityFacts {
  /** Undefined for a customer of whom nothing is known. */
  readonly profile: PropensityProfile | undefined;
  /** Ids of the segments that the customer is in. */
  readonly segments: Iterable<string>;
  readonly responses: readonly CountedResponse[];
  readonly placementId: string;
  /** What the touchpoint says about the moment. */
  readonly context: JsonObject;
  readonly nowMs: number;
  /** The customer's wall clock (`wallTime`), or the stage's where theirs is not known. */
  readonly wallMs: number;
}

/**
 * The features of a customer here and now, by candidate: who the customer is, what the moment is, and what the customer did
 * with the candidate before. Empty when nothing is known of the customer.
 */
export function featuresOf(facts: PropensityFacts): (candidate: Candidate) => FeatureVector {
  const { profile } = facts;
  if (profile === undefined) return () => [];
  const names = [
    ...momentNames(facts),
    ...habitNames(profile, facts.nowMs),
    ...[...facts.segments]
      .sort(byCodeUnit)
      .slice(0, mostSegments)
      .map((segment) => `segment|${segment}`),
    ...fieldNames('trait', [...profile.traits]),
  ];
  const common = featureVector(names.slice(0, mostCommonFeatures).map(featureIndex));
  const own = responseFeatures(facts.responses, facts.nowMs);
  // Most candidates were never met: they share the one vector.
  return (candidate) => {
    const met = own(candidate);
    return met.length === 0 ? common : featureVector([...met, ...common]);
  };
}

const mostCommonFeatures = 70;
const mostSegments = 16;
const mostContextFeatures = 24;
const mostElements = 8;
const longestText = 64;
const deepest = 3;

function momentNames({ placementId, context, wallMs }: PropensityFacts): string[] {
  const moment = new Date(wallMs);
  const weekday = moment.getUTCDay();
  return [
    `placement|${placementId}`,
    `hours|${Math.floor(moment.getUTCHours() / 4)}`,
    `weekend|${weekday === 0 || weekday === 6}`,
    ...fieldNames('context', Object.entries(context)).slice(0, mostContextFeatures),
  ];
}

function habitNames(profile: PropensityProfile, nowMs: number): string[] {
  const spent = mostFirst(new Map([...profile.purchases].map(([currency, { grossMinor }]) => [currency, grossMinor])));
  return [
    ...mostFirst(profile.channels)
      .slice(0, 1)
      .map(([name]) => `channel habit|${name}`),
    ...mostFirst(profile.touchpoints)
      .slice(0, 2)
      .map(([name]) => `touchpoint habit|${name}`),
    ...daysSince('first seen', profile.firstSeen, nowMs),
    ...daysSince('last seen', profile.lastSeen, nowMs),
    ...daysSince('last purchase', profile.lastPurchase, nowMs),
    ...octave('interactions', profile.interactions),
    ...octave('orders', profile.orders),
    ...spent.slice(0, 1).flatMap(([currency, grossMinor]) => octave(`spent ${currency}`, grossMinor)),
    ...mostFirst(profile.categories)
      .slice(0, 3)
      .map(([name]) => `interest|${name}`),
  ];
}

function daysSince(name: string, time: number | undefined, nowMs: number): string[] {
  return time === undefined ? [`${name}|never`] : octave(name, Math.ceil(Math.max(0, nowMs - time) / dayMs));
}

const octave = (name: string, value: number) => numberFeatures(name, value).slice(0, 1);

function mostFirst(counts: ReadonlyMap<string, number>): [string, number][] {
  return [...counts].sort(([a, x], [b, y]) => y - x || byCodeUnit(a, b));
}

/** Texts and truths as they are, numbers in buckets, lists by element, objects to a depth; no field that names a person. */
function fieldNames(prefix: string, fields: readonly [string, unknown][], depth = 1): string[] {
  return fields
    .toSorted(([a], [b]) => byCodeUnit(a, b))
    .flatMap(([key, value]) => (isPersonal(key) ? [] : valueNames(`${prefix}|${key}`, value, depth)));
}

function valueNames(name: string, value: unknown, depth: number): string[] {
  if (typeof value === 'string') return value === '' ? [] : [`${name}=${value.slice(0, longestText)}`];
  if (typeof value === 'boolean') return [`${name}=${value}`];
  if (typeof value === 'number') return numberFeatures(name, value);
  if (typeof value !== 'object' || value === null || depth >= deepest) return [];
  if (Array.isArray(value))
    return value.slice(0, mostElements).flatMap((element) => valueNames(name, element, deepest));
  return fieldNames(name, Object.entries(value), depth + 1);
}

// Asking takes as long as all the rest, and the same few names are asked for again and again.
const asked = new Map<string, boolean>();
const mostAsked = 10_000;

function isPersonal(key: string): boolean {
  const known = asked.get(key);
  if (known !== undefined) return known;
  if (asked.size >= mostAsked) asked.clear();
  const answer = isPersonalTrait(key);
  asked.set(key, answer);
  return answer;
}
