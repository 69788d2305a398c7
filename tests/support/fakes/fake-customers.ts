import type { TimelineEntry } from '#domain/profile/day-record.ts';
import { emptyState, type PersonaState } from '#domain/profile/persona-state.ts';
import { isOlder, mergeTimelines, type TimelinePoint } from '#domain/profile/timeline.ts';
import type { Customer, Customers, StoredPersona } from '#ports/customers.ts';
import type { InteractionLake } from '#ports/interaction-lake.ts';

/** A timeline entry of a track event. */
export function timelineEntry(messageId: string, occurredAt: string, over: Partial<TimelineEntry> = {}): TimelineEntry {
  return { messageId, at: Date.parse(occurredAt), type: 'track', touchpoint: 'web', label: 'Product Viewed', ...over };
}

/** One customer and the days that the live table keeps of it. */
export function fakeCustomers(
  customerId: string,
  {
    states = [emptyState()],
    kept = [],
    segments = [],
  }: { states?: readonly PersonaState[]; kept?: readonly TimelineEntry[]; segments?: readonly string[] } = {},
): Customers {
  const personas = states.map((state, index): StoredPersona => ({ personaId: `persona-${index}`, version: 1, state }));
  const customer: Customer = { customerId, personas, personaIds: personas.map(({ personaId }) => personaId) };
  return {
    customer: async (asked) => (asked === customerId ? customer : undefined),
    view: async (asked) => (asked === customerId ? { ...customer, segments: new Set(segments) } : undefined),
    recentTimeline: async (asked, until, limit) => {
      if (asked !== customerId) return undefined;
      const older = kept.filter((entry) => isOlder(entry, until));
      return { ...customer, page: { entries: mergeTimelines([older], limit), isComplete: older.length <= limit } };
    },
  };
}

/** A lake that remembers what it was asked. */
export class FakeLake implements InteractionLake {
  readonly asked: { personaIds: readonly string[]; before: TimelinePoint; limit: number }[] = [];
  readonly #entries: readonly TimelineEntry[];

  constructor(entries: readonly TimelineEntry[] = []) {
    this.#entries = entries;
  }

  async olderTimeline(personaIds: readonly string[], before: TimelinePoint, limit: number) {
    this.asked.push({ personaIds, before, limit });
    return mergeTimelines([this.#entries.filter((entry) => isOlder(entry, before))], limit);
  }
}
