import type { Decision } from '#domain/decision/decision.ts';
import { dispositionId, type ToldDisposition } from '#domain/disposition/told-disposition.ts';
import type { Dispositions } from '#ports/dispositions.ts';

/** Dispositions in memory, of the decisions that it is given. */
export class FakeDispositions implements Dispositions {
  readonly told = new Map<string, ToldDisposition>();
  /** Ids of decisions that were loaded, in order. */
  readonly loaded: string[] = [];
  /** Ids of decisions that can't be read. */
  readonly unreadable = new Set<string>();
  /** Runs before the next save, once: somebody else is faster. */
  beforeSave: (() => Promise<unknown>) | undefined;
  private readonly decisions: ReadonlyMap<string, Decision>;

  constructor(...decisions: readonly Decision[]) {
    this.decisions = new Map(decisions.map((decision) => [decision.decisionId, decision]));
  }

  async load(decisionId: string) {
    this.loaded.push(decisionId);
    if (this.unreadable.has(decisionId)) throw new Error('no such table');
    const own = [...this.told].filter(([, told]) => told.decisionId === decisionId);
    return { decision: this.decisions.get(decisionId), told: new Map(own) };
  }

  async save(told: ToldDisposition): Promise<'saved' | 'exists'> {
    const before = this.beforeSave;
    this.beforeSave = undefined;
    await before?.();
    if (this.told.has(dispositionId(told))) return 'exists';
    this.told.set(dispositionId(told), told);
    return 'saved';
  }
}
