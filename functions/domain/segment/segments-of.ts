import { nextChange } from '#domain/rule/next-change.ts';
import type { RuleFacts } from '#domain/rule/rule-facts.ts';
import type { RuleProfile } from '#domain/rule/rule-profile.ts';
import type { CompiledSegments } from './compiled-segments.ts';

/** The segments that a customer is in, and until when if nothing happens but time. */
export interface Membership {
  readonly members: ReadonlySet<string>;
  /** Epoch milliseconds; `undefined` when time alone changes nothing. */
  readonly nextChangeMs: number | undefined;
}

/** A customer's membership: a function of segments, profile and day alone, so that it is exact after merges and unmerges. */
export function segmentsOf(segments: CompiledSegments, profile: RuleProfile, nowMs: number): Membership {
  const members = membersOf(segments, profile, nowMs);
  const facts: RuleFacts = { profile, context: {}, segments: members, nowMs };
  const nextChangeMs = nextChange(
    segments.map(({ rule }) => rule.expression),
    facts,
    (laterMs) => isSame(members, membersOf(segments, profile, laterMs)),
  );
  return { members, nextChangeMs };
}

/** The segments alone, at a fraction of the cost: for decisions. */
export function membersOf(segments: CompiledSegments, profile: RuleProfile, nowMs: number): ReadonlySet<string> {
  const members = new Set<string>();
  const facts: RuleFacts = { profile, context: {}, segments: members, nowMs };
  for (const { segmentId, rule } of segments) if (rule.test(facts)) members.add(segmentId);
  return members;
}

function isSame(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && a.isSubsetOf(b);
}
