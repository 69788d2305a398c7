import { dayMs } from '#domain/calendar/days.ts';
import type { CountedResponse } from '#domain/profile/responses.ts';
import { subjectOf } from './cap-hold.ts';
import type { ContactCandidate, ContactFacts, Hold } from './contact-facts.ts';
import type { ContactPolicy, ContactRest } from './contact-policy.ts';
import { restWords } from './contact-words.ts';

/**
 * What rests after outcomes hold against candidates. Responses are known by their day, UTC: a rest begins on the day on which
 * the outcome had come `times` times within `withinDays` days, that day included, and lasts `restDays` full days after it.
 */
export function restHolds({ policies, responses, nowMs }: ContactFacts): (candidate: ContactCandidate) => Hold[] {
  const prepared = policies.flatMap((policy) =>
    policy.rests.flatMap((rest) => {
      const holds = holdsOf(policy, rest, responses, nowMs);
      return holds.size === 0 ? [] : [{ policy, rest, holds }];
    }),
  );
  if (prepared.length === 0) return () => [];
  return (candidate) => {
    const found: Hold[] = [];
    for (const { policy, rest, holds } of prepared) {
      const hold = applies(policy, rest, candidate) ? holds.get(subjectOf({ per: rest.scope }, candidate)) : undefined;
      if (hold !== undefined) found.push(hold);
    }
    return found;
  };
}

/**
 * Exempt kinds pass the rests of what is wider than themselves, but not those of their own offer or treatment: as in Pega,
 * where suppression keeps even a mandatory action from being sent over and over.
 */
function applies({ exemptKinds }: ContactPolicy, { scope }: ContactRest, { kind }: ContactCandidate): boolean {
  return scope === 'offer' || scope === 'treatment' || !exemptKinds.includes(kind);
}

/** What a rest holds against what rests together, by that. */
function holdsOf(
  { policyId }: ContactPolicy,
  rest: ContactRest,
  responses: readonly CountedResponse[],
  nowMs: number,
): ReadonlyMap<string, Hold> {
  const counts = new Map<string, Map<number, number>>();
  for (const response of responses) {
    if (response.disposition !== rest.after) continue;
    const subject = subjectOf({ per: rest.scope }, response);
    const ofSubject = counts.get(subject) ?? new Map<number, number>();
    counts.set(subject, ofSubject.set(response.day, (ofSubject.get(response.day) ?? 0) + response.count));
  }
  const holds = new Map<string, Hold>();
  for (const [subject, countOfDay] of counts) {
    const begun = [...countOfDay.keys()].filter((last) => countUntil(countOfDay, last, rest.withinDays) >= rest.times);
    const untilMs = (Math.max(...begun) + rest.restDays + 1) * dayMs;
    // Of no days the greatest is minus infinity.
    if (untilMs > nowMs) holds.set(subject, { reason: 'resting', policyId, words: restWords(rest, subject), untilMs });
  }
  return holds;
}

function countUntil(countOfDay: ReadonlyMap<number, number>, last: number, days: number): number {
  let sum = 0;
  for (const [day, count] of countOfDay) if (day <= last && day > last - days) sum += count;
  return sum;
}
