import { dayNumberOf } from '#domain/calendar/days.ts';
import type { CountedResponse } from '#domain/profile/responses.ts';
import type { Disposition } from '#domain/vocabulary/disposition.ts';
import { featureIndex } from './feature-vector.ts';

/** What is proposed: the scopes in which a customer's past responses count. */
export interface Candidate {
  readonly treatmentId: string;
  readonly offerId: string;
  readonly channel: string;
}

/** How near past responses are to the candidate. */
const scopes = ['treatment', 'offer', 'channel'] as const;
type Scope = (typeof scopes)[number];
/** What past responses say. */
const senses = ['seen', 'liked', 'disliked'] as const;
type Sense = (typeof senses)[number];

const senseOf: Readonly<Record<Disposition, Sense | undefined>> = {
  presented: 'seen',
  considering: 'seen',
  'call-back': 'seen',
  clicked: 'liked',
  accepted: 'liked',
  converted: 'liked',
  rejected: 'disliked',
  ignored: 'disliked',
  complained: 'disliked',
  unsubscribed: 'disliked',
  // They say something about the way to the customer, nothing about what the customer wants.
  'no-answer': undefined,
  'not-reached': undefined,
  bounced: undefined,
};

const halfLifeDays = 30;
const highestLevel = 4;

/**
 * Features of a customer's own past responses, by candidate: for each scope and sense the level of the responses' number, halved
 * every 30 days (level 1 up to 1.5 of them, then doubling, 4 at most). What never happened is no feature.
 */
export function responseFeatures(
  responses: readonly CountedResponse[],
  nowMs: number,
): (candidate: Candidate) => number[] {
  const today = dayNumberOf(nowMs);
  const sums = new Map<string, number>();
  for (const { disposition, day, count, treatmentId, offerId, channel } of responses) {
    const sense = senseOf[disposition];
    if (sense === undefined) continue;
    const weight = count * 2 ** (-Math.max(0, today - day) / halfLifeDays);
    const ids = { treatment: treatmentId, offer: offerId, channel };
    for (const scope of scopes) {
      const key = `${scope}|${ids[scope]}|${sense}`;
      sums.set(key, (sums.get(key) ?? 0) + weight);
    }
  }
  return ({ treatmentId, offerId, channel }) => {
    if (sums.size === 0) return [];
    const ids = { treatment: treatmentId, offer: offerId, channel };
    return scopes.flatMap((scope) =>
      senses.flatMap((sense) => {
        const sum = sums.get(`${scope}|${ids[scope]}|${sense}`);
        return sum === undefined ? [] : [indexOf(scope, sense, levelOf(sum))];
      }),
    );
  };
}

/**
 * What everybody expects of these features before any data, as means of their weights: who liked it is likelier to respond
 * again, who disliked it is less likely, the more so the nearer and the more often.
 */
export function expectedEffects(): ReadonlyMap<number, number> {
  const levels = Array.from({ length: highestLevel }, (_, index) => index + 1);
  return new Map(
    scopes.flatMap((scope) =>
      senses.flatMap((sense) =>
        levels.map((level) => [indexOf(scope, sense, level), strength[scope] * direction[sense] * level] as const),
      ),
    ),
  );
}

const strength: Readonly<Record<Scope, number>> = { treatment: 0.1, offer: 0.05, channel: 0.02 };
const direction: Readonly<Record<Sense, number>> = { seen: -0.2, liked: 1, disliked: -1 };

function levelOf(sum: number): number {
  return Math.max(1, Math.min(highestLevel, 1 + Math.ceil(Math.log2(sum / 1.5))));
}

const indices = new Map<string, number>();

function indexOf(scope: Scope, sense: Sense, level: number): number {
  const name = `own responses|${scope}|${sense}|${level}`;
  const known = indices.get(name);
  if (known !== undefined) return known;
  const index = featureIndex(name);
  indices.set(name, index);
  return index;
}
