import type { TimelineDecision } from '#domain/contact-policy/decisions-of-contacts.ts';
import type { TimelineEntry } from '#domain/profile/day-record.ts';
import type { TimelinePoint } from '#domain/profile/timeline.ts';

/** A time in the life of some personas, both ends included, in epoch milliseconds. */
export interface LakeSpan {
  readonly personaIds: readonly string[];
  readonly fromMs: number;
  readonly untilMs: number;
}

/** What the lake knows of a customer. Each throws {@link LakeQueryError}. */
export interface InteractionLake {
  /** Timeline entries older than a point, newest first. */
  olderTimeline(personaIds: readonly string[], before: TimelinePoint, limit: number): Promise<readonly TimelineEntry[]>;
  /** Properties of interactions by message id, of the newest 999 at most, without personal data and without what is larger than 16,000 characters. */
  properties(span: LakeSpan): Promise<ReadonlyMap<string, object>>;
  /** Decisions that showed something, the newest 999 treatments at most. */
  decisions(span: LakeSpan): Promise<readonly TimelineDecision[]>;
}
