import type { ArrivalCurve } from '#domain/budget/arrival-curve.ts';
import { type BudgetRecord, unusedBudget } from '#domain/budget/budget-record.ts';
import { leasedBy, unmetAnswer } from '#domain/budget/lease.ts';
import type { BudgetPeriodKey, BudgetStore } from '#ports/budget-store.ts';

/** Budgets in memory with the conditions of those in DynamoDB; `around` surrounds each call, to delay it or to lose its answer. */
export class MemoryBudgets implements BudgetStore {
  readonly records = new Map<string, BudgetRecord>();
  readonly curves = new Map<string, number[]>();
  readonly calls = { reads: 0, leases: 0, refusals: 0 };
  private readonly around: <Result>(run: () => Result) => Promise<Result>;

  constructor(around: <Result>(run: () => Result) => Promise<Result> = async (run) => run()) {
    this.around = around;
  }

  read(keys: readonly BudgetPeriodKey[]): Promise<readonly (BudgetRecord | undefined)[]> {
    this.calls.reads++;
    return this.around(() => keys.map((key) => this.records.get(nameOf(key))));
  }

  lease: BudgetStore['lease'] = (request) => {
    this.calls.leases++;
    return this.around(() => {
      const { lease, returned, limit, priced, logWorth, struck } = request;
      const record = this.records.get(nameOf(request)) ?? unusedBudget;
      const isNew = lease === undefined || !record.leases.has(lease.leaseId);
      const isHeld = returned === undefined || record.leases.get(returned.leaseId) === returned.ticks;
      const delta = leasedBy(request);
      if (!isNew || !isHeld || (delta > 0 && record.leased + delta > limit)) {
        const answer = unmetAnswer(request, record);
        if (answer.kind === 'refused') this.calls.refusals++;
        return answer;
      }
      const gone = new Set([...struck, ...(returned === undefined ? [] : [returned.leaseId])]);
      const leases = new Map([...record.leases].filter(([leaseId]) => !gone.has(leaseId)));
      if (lease !== undefined) leases.set(lease.leaseId, lease.ticks);
      const after = {
        leased: record.leased + delta,
        priced: record.priced + priced,
        logWorth: record.logWorth + logWorth,
        leases,
      };
      this.records.set(nameOf(request), after);
      return { kind: 'leased', record: after } as const;
    });
  };

  arrivals(day: string): Promise<ArrivalCurve | undefined> {
    return this.around(() => this.curves.get(day));
  }

  countArrivals(day: string, hour: number, decisions: number): Promise<void> {
    return this.around(() => {
      const curve = this.curves.get(day) ?? Array.from({ length: 24 }, () => 0);
      curve[hour] = (curve[hour] ?? 0) + decisions;
      this.curves.set(day, curve);
    });
  }
}

const nameOf = ({ budgetId, period }: BudgetPeriodKey) => `${budgetId} ${period}`;
