import type { Contact } from '#domain/contact-policy/contact-ledger.ts';
import type { TimelineDecision } from '#domain/contact-policy/decisions-of-contacts.ts';
import type { TimelineEntry } from '#domain/profile/day-record.ts';
import { emptyState, type PersonaState } from '#domain/profile/persona-state.ts';
import { isOlder, mergeTimelines, type TimelinePoint } from '#domain/profile/timeline.ts';
import type { Customer, Customers, StoredPersona } from '#ports/customers.ts';
import type { InteractionLake, LakeSpan } from '#ports/interaction-lake.ts';

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
    contacts = [],
  }: {
    states?: readonly PersonaState[];
    kept?: readonly TimelineEntry[];
    segments?: readonly string[];
    contacts?: readonly Contact[];
  } = {},
): Customers {
  const personas = states.map((state, index): StoredPersona => ({ personaId: `persona-${index}`, version: 1, state }));
  const customer: Customer = { customerId, personas, personaIds: personas.map(({ personaId }) => personaId) };
  return {
    customer: async (asked) => (asked === customerId ? customer : undefined),
    view: async (asked) => (asked === customerId ? { ...customer, segments: new Set(segments) } : undefined),
    contacts: async () => contacts,
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
  readonly spans: LakeSpan[] = [];
  readonly #entries: readonly TimelineEntry[];
  readonly #more: { readonly properties?: Record<string, object>; readonly decisions?: readonly TimelineDecision[] };

  constructor(
    entries: readonly TimelineEntry[] = [],
    more: { readonly properties?: Record<string, object>; readonly decisions?: readonly TimelineDecision[] } = {},
  ) {
    this.#entries = entries;
    this.#more = more;
  }

  async properties(span: LakeSpan) {
    this.spans.push(span);
    return new Map(Object.entries(this.#more.properties ?? {}));
  }

  async decisions(span: LakeSpan) {
    this.spans.push(span);
    return this.#more.decisions ?? [];
  }

  async olderTimeline(personaIds: readonly string[], before: TimelinePoint, limit: number) {
    this.asked.push({ personaIds, before, limit });
    return mergeTimelines([this.#entries.filter((entry) => isOlder(entry, before))], limit);
  }
}
