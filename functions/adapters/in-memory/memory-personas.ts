import type { DayRecord } from '#domain/profile/day-record.ts';
import type { OrderRecord } from '#domain/profile/order-record.ts';
import { emptyState, type PersonaState } from '#domain/profile/persona-state.ts';
import type { LoadedPersona, PersonaChange, Personas } from '#ports/personas.ts';

interface Kept {
  version: number;
  state: PersonaState;
  readonly days: Map<string, DayRecord>;
  readonly orders: Map<string, OrderRecord>;
}

/** Personas in memory with the versions of the real ones, and writers that come between when a test says so. */
export class MemoryPersonas implements Personas {
  readonly kept = new Map<string, Kept>();
  readonly loads: { personaId: string; records: number; freshness: 'eventual' | 'latest' }[] = [];
  readonly saves: { personaId: string; records: number }[] = [];
  /** How many of the next saves of a persona find that somebody else wrote first. */
  readonly conflicts = new Map<string, number>();

  async load(
    personaId: string,
    touched: { days: readonly string[]; orderKeys: readonly string[] },
    freshness: 'eventual' | 'latest' = 'latest',
  ): Promise<LoadedPersona> {
    this.loads.push({ personaId, records: touched.days.length + touched.orderKeys.length, freshness });
    const { version, state, days, orders } = this.of(personaId);
    return {
      personaId,
      version,
      state,
      days: new Map([...days].filter(([day]) => touched.days.includes(day))),
      orders: new Map([...orders].filter(([orderId]) => touched.orderKeys.includes(orderId))),
      recent: new Map(),
      hasMoved: false,
      recordVersions: new Map(),
    };
  }

  async save(loaded: LoadedPersona, change: PersonaChange): Promise<'saved' | 'conflict'> {
    const { personaId } = loaded;
    const conflicts = this.conflicts.get(personaId) ?? 0;
    const kept = this.of(personaId);
    if (conflicts > 0 || kept.version !== loaded.version) {
      this.conflicts.set(personaId, conflicts - 1);
      return 'conflict';
    }
    this.saves.push({ personaId, records: change.days.size + change.orders.size });
    kept.version++;
    kept.state = change.state;
    for (const [day, record] of change.days) kept.days.set(day, record);
    for (const [orderId, record] of change.orders) kept.orders.set(orderId, record);
    return 'saved';
  }

  private of(personaId: string): Kept {
    const kept = this.kept.get(personaId) ?? { version: 0, state: emptyState(), days: new Map(), orders: new Map() };
    this.kept.set(personaId, kept);
    return kept;
  }
}
