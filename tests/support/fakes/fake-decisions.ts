import { createHash } from 'node:crypto';
import { type ContactLedger, emptyLedger } from '#domain/contact-policy/contact-ledger.ts';
import type { Decision } from '#domain/decision/decision.ts';
import { askModels, noModels } from '#domain/decision/model-propensities.ts';
import type { ContactLedgers, StoredLedger } from '#ports/contact-ledgers.ts';
import type { DecisionReads } from '#ports/decision-reads.ts';
import type { Decisions } from '#ports/decisions.ts';
import { noBudgets } from '#support/builders/decision-maker.ts';
import { type DecisionMakerDeps, decisionMaker } from '#use-cases/decide/decision-maker.ts';

/** Decisions and contact ledgers in memory. Each persona is a customer of its own, of whom nothing else is known. */
export class FakeDecisions implements Decisions, Pick<ContactLedgers, 'reserve'>, DecisionReads {
  readonly made = new Map<string, Decision>();
  readonly ledgers = new Map<string, ContactLedger>();
  /** How many of the next reserves find that somebody else wrote first. */
  conflicts = 0;
  private readonly versions = new Map<string, number>();

  async save(decisions: readonly [Decision, ...Decision[]]): Promise<'saved' | 'exists'> {
    if (this.made.has(decisions[0].decisionId)) return 'exists';
    for (const decision of decisions) this.made.set(decision.decisionId, decision);
    return 'saved';
  }

  async find(decisionId: string): Promise<Decision | undefined> {
    return this.made.get(decisionId);
  }

  async load(personaId: string, _: 'eventual' | 'latest', decisionId?: string) {
    const ledger = this.ledgers.get(personaId);
    const before: StoredLedger = { customerId: personaId, version: this.versions.get(personaId) ?? 0, ledger };
    const customer = { customerId: personaId, states: [], before, ledger: ledger ?? emptyLedger([personaId]) };
    return { customer, made: decisionId === undefined ? undefined : this.made.get(decisionId) };
  }

  async reserve({ customerId, version }: StoredLedger, ledger: ContactLedger): Promise<'saved' | 'conflict'> {
    if (this.conflicts > 0 || version !== (this.versions.get(customerId) ?? 0)) {
      this.conflicts -= 1;
      return 'conflict';
    }
    this.ledgers.set(customerId, ledger);
    this.versions.set(customerId, version + 1);
    return 'saved';
  }

  /** Ids of the decisions that a customer's contacts count for. */
  contactsOf(personaId: string): string[] {
    return (this.ledgers.get(personaId)?.contacts ?? []).map(({ decisionId }) => decisionId);
  }

  /** A maker on them, with models that know nothing yet; `over` replaces what it depends on. */
  maker(over: Partial<DecisionMakerDeps> = {}) {
    return decisionMaker({
      reads: this,
      ledgers: this,
      decisions: this,
      budgets: noBudgets,
      models: async () => askModels(noModels),
      hash: (text) => createHash('sha256').update(text).digest('hex'),
      usualZone: 'UTC',
      now: () => Date.UTC(2026, 2, 10, 12),
      pause: async () => {},
      ...over,
    });
  }
}
