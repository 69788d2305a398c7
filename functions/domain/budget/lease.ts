import type { BudgetRecord } from './budget-record.ts';

/** What a function asks of a budget's record, all of it or nothing: an old lease goes, with what is left of it given back, a new one comes. */
export interface LeaseRequest {
  readonly budgetId: string;
  readonly period: string;
  /** Epoch seconds after which nobody asks for the period's record any more; absent is never. */
  readonly expiresAt?: number;
  /** Ticks that may be leased in the period. */
  readonly limit: number;
  /** Absent when all is only given back. */
  readonly lease?: { readonly leaseId: string; readonly ticks: number };
  readonly returned?: { readonly leaseId: string; readonly ticks: number; readonly left: number };
  /** What the record's sums change by. */
  readonly priced: number;
  readonly logWorth: number;
  /** Leases to strike from the list; what is left of them stays leased. */
  readonly struck: readonly string[];
}

/** Whether the request took effect, now or when it was made before, and the record after it. */
export interface LeaseAnswer {
  readonly kind: 'leased' | 'refused';
  readonly record: BudgetRecord;
}

/** What a request adds to what is leased. */
export function leasedBy({ lease, returned }: LeaseRequest): number {
  return (lease?.ticks ?? 0) - (returned?.left ?? 0);
}

/** Says of a request that failed its condition what that means: it has taken effect before, or it can't be met. */
export function unmetAnswer({ lease, returned }: LeaseRequest, record: BudgetRecord): LeaseAnswer {
  const isDone = lease === undefined ? !record.leases.has(returned?.leaseId ?? '') : record.leases.has(lease.leaseId);
  return { kind: isDone ? 'leased' : 'refused', record };
}

/** The id of a lease: when it was made (epoch seconds, base 36) and what tells it from others. */
export function leaseIdOf(nowMs: number, unique: string): string {
  return `${Math.floor(nowMs / 1000).toString(36)}-${unique}`;
}

/** A holder that has not renewed its lease for so long is taken for dead. */
const deadAfterSeconds = 3600;
const mostStruck = 10;

/**
 * Leases of holders that are gone, so that the list stays short. Nothing of them comes back before the period ends, for nobody can
 * prove what they spent; should a holder turn up after all, it can spend what it has but gives nothing back.
 */
export function deadLeases({ leases }: BudgetRecord, nowMs: number): string[] {
  const nowSeconds = Math.floor(nowMs / 1000);
  const isDead = (leaseId: string) => Number.parseInt(leaseId, 36) < nowSeconds - deadAfterSeconds;
  return [...leases.keys()].filter(isDead).slice(0, mostStruck);
}
