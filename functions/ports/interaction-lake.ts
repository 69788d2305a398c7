import type { TimelineEntry } from '#domain/profile/day-record.ts';
import type { TimelinePoint } from '#domain/profile/timeline.ts';

/** What the lake knows of a customer. */
export interface InteractionLake {
  /** Timeline entries older than a point, newest first. Throws {@link LakeQueryError}. */
  olderTimeline(personaIds: readonly string[], before: TimelinePoint, limit: number): Promise<readonly TimelineEntry[]>;
}
