import type { ArrivalCurve } from '#domain/budget/arrival-curve.ts';
import type { Budget } from '#domain/budget/budget.ts';
import type { BudgetPeriod } from '#domain/budget/budget-period.ts';
import type { BudgetRecord } from '#domain/budget/budget-record.ts';
import { deadLeases, type LeaseRequest, leaseIdOf } from '#domain/budget/lease.ts';
import { leaseSize, rateAfter } from '#domain/budget/lease-size.ts';
import { shadowPriceOfTick } from '#domain/budget/shadow-price.ts';
import { limitTicks } from '#domain/budget/ticks.ts';
import { logWorthOf } from '#domain/budget/typical-worth.ts';
import type { BudgetStore } from '#ports/budget-store.ts';
import { untilSettled } from '#runtime/retry.ts';

/** What a function knows of a budget's period, by the latest news. */
export interface KnownBudget {
  budget: Budget;
  readonly period: BudgetPeriod;
  record: BudgetRecord;
  before: BudgetRecord | undefined;
  isBeforeRead: boolean;
  /** When the record was read, epoch milliseconds; minus infinity before. */
  readAtMs: number;
}

/** What a function holds of a budget in one period. Amounts are in ticks. */
export interface HeldLease {
  readonly known: KnownBudget;
  /** What can be spent without asking. */
  left(): number;
  /** Spends from what is held; less than nothing gives back. */
  spend(ticks: number, worthMinor: number, nowMs: number): void;
  /** Asks for a lease of at least so much, in exchange for the one that is held. */
  lease(needed: number, nowMs: number): Promise<boolean>;
  /** Gives back what nobody has spent from for a minute. */
  giveBackIdle(nowMs: number): Promise<boolean>;
  learn(record: BudgetRecord, nowMs: number): void;
}

/** Nothing spent for so long: others may need it more. */
const idleMs = 60_000;
/** A record is kept so long after its period. */
const keptSeconds = 400 * 86_400;
const attempts = 4;
/** Whoever was faster is done: what they leased is in the answer. */
const atOnce = async () => {};

/** Holds leases of one budget's period, one at a time. */
export function heldLease(
  store: BudgetStore,
  known: KnownBudget,
  { newId, arrivals, onFault }: { newId(): string; arrivals(): ArrivalCurve; onFault(error: unknown): void },
): HeldLease {
  let held: { leaseId: string; ticks: number; price: number; sinceMs: number } | undefined;
  let left = 0;
  let unreportedWorth = 0;
  let lastSpentMs = Number.NEGATIVE_INFINITY;
  let rate = 0;
  /** A request whose answer is not known: it is made again, unchanged, before any other. */
  let pending: LeaseRequest | undefined;
  let busy: Promise<boolean> | undefined;

  /** A request for a lease of at least what is needed, or of nothing to give back all; undefined when there is not enough. */
  function requestFor(needed: number, nowMs: number): LeaseRequest | undefined {
    const { budget, period, record, before } = known;
    const limit = limitTicks(budget);
    const remainder = limit - record.leased + left;
    if (needed > 0 && remainder < needed) return undefined;
    if (held !== undefined) rate = rateAfter(rate, held.ticks - left, Math.max(0, nowMs - held.sinceMs));
    const ticks = needed === 0 ? 0 : leaseSize({ needed, limit, remainder, rate });
    const price = shadowPriceOfTick(budget, { period, record, before, arrivals: arrivals(), nowMs });
    const expiresAt = Math.floor(period.endMs / 1000) + keptSeconds;
    const own = held?.leaseId;
    return {
      budgetId: budget.budgetId,
      period: period.name,
      ...(Number.isFinite(expiresAt) ? { expiresAt } : {}),
      limit,
      ...(ticks === 0 ? {} : { lease: { leaseId: leaseIdOf(nowMs, newId()), ticks } }),
      ...(held === undefined ? {} : { returned: { leaseId: held.leaseId, ticks: held.ticks, left } }),
      priced: price * ticks - (held?.price ?? 0) * left,
      logWorth: unreportedWorth,
      struck: deadLeases(record, nowMs).filter((leaseId) => leaseId !== own),
    };
  }

  async function exchange(needed: number, nowMs: number): Promise<boolean> {
    const settled = await untilSettled(attempts, atOnce, async () => {
      const request = pending ?? requestFor(needed, nowMs);
      if (request === undefined) return 'no lease';
      if (pending === undefined) {
        // From here on this is not ours: the request may take effect without our hearing of it.
        left = 0;
        unreportedWorth = 0;
        pending = request;
      }
      const { kind, record } = await store.lease(request);
      pending = undefined;
      learn(record, nowMs);
      if (kind === 'leased') enter(request, nowMs);
      else keep(request, record);
      return left >= needed && kind === 'leased' ? 'leased' : 'conflict';
    });
    return settled === 'leased';
  }

  /** The new lease is there, the old one is gone. */
  function enter({ lease, returned, priced }: LeaseRequest, nowMs: number): void {
    const returnedPrice = (held?.price ?? 0) * (returned?.left ?? 0);
    held = lease && { ...lease, price: (priced + returnedPrice) / lease.ticks, sinceMs: nowMs };
    left += lease?.ticks ?? 0;
  }

  /**
   * Nothing has changed: the old lease stays. When it is not on the list, somebody took us for dead and struck it, or struck the new
   * one after it had come: what is left is then given up, for it may be with others already.
   */
  function keep({ returned, logWorth }: LeaseRequest, record: BudgetRecord): void {
    unreportedWorth += logWorth;
    if (returned === undefined) return;
    if (record.leases.has(returned.leaseId)) left += returned.left;
    else held = undefined;
  }

  function exchangeOnce(needed: number, nowMs: number): Promise<boolean> {
    busy ??= exchange(needed, nowMs)
      .catch((error: unknown) => {
        onFault(error);
        return false;
      })
      .finally(() => {
        busy = undefined;
      });
    return busy;
  }

  function learn(record: BudgetRecord, nowMs: number): void {
    known.record = record;
    known.readAtMs = Math.max(known.readAtMs, nowMs);
  }

  return {
    known,
    learn,
    left: () => left,
    spend(ticks, worthMinor, nowMs) {
      left -= ticks;
      unreportedWorth += logWorthOf(ticks, worthMinor);
      lastSpentMs = nowMs;
    },
    lease: exchangeOnce,
    giveBackIdle(nowMs) {
      const isIdle = held !== undefined && left > 0 && nowMs - lastSpentMs > idleMs;
      return isIdle ? exchangeOnce(0, nowMs) : Promise.resolve(true);
    },
  };
}
