import { describe, expect, test } from 'vitest';
import { unusedBudget } from '#domain/budget/budget-record.ts';
import { deadLeases, type LeaseRequest, leasedBy, leaseIdOf, unmetAnswer } from '#domain/budget/lease.ts';

const request: LeaseRequest = {
  budgetId: 'emails',
  period: '2026-03-10',
  limit: 100_000,
  priced: 0,
  logWorth: 0,
  struck: [],
};
const lease = { leaseId: 'new', ticks: 3000 };
const returned = { leaseId: 'old', ticks: 2000, left: 500 };
const recordOf = (...leaseIds: readonly string[]) => ({
  ...unusedBudget,
  leases: new Map(leaseIds.map((leaseId) => [leaseId, 1000])),
});

describe('a request', () => {
  test('leases what it takes less what it gives back', () => {
    expect(leasedBy({ ...request, lease, returned })).toBe(2500);
    expect(leasedBy({ ...request, lease })).toBe(3000);
    expect(leasedBy({ ...request, returned })).toBe(-500);
    expect(leasedBy(request)).toBe(0);
  });

  test.each<[string, Partial<LeaseRequest>, readonly string[], 'leased' | 'refused']>([
    ['whose lease is on the list was met before', { lease, returned }, ['new'], 'leased'],
    ['whose lease is not on the list cannot be met', { lease, returned }, ['old'], 'refused'],
    ['that only gives back was met before when its old lease is gone', { returned }, ['another'], 'leased'],
    ['that only gives back was not met while its old lease is there', { returned }, ['old'], 'refused'],
  ])('%s', (_, over, leaseIds, kind) => {
    const record = recordOf(...leaseIds);
    expect(unmetAnswer({ ...request, ...over }, record)).toEqual({ kind, record });
  });
});

describe('leases of holders that are gone', () => {
  const now = Date.UTC(2026, 2, 10, 12);
  const agedSeconds = (seconds: number, unique = 'f') => leaseIdOf(now - seconds * 1000, unique);

  test('are those that were made more than an hour ago, by the second in which they were made', () => {
    const leases = recordOf(agedSeconds(0), agedSeconds(3600), agedSeconds(3601), agedSeconds(86_400));
    expect(deadLeases(leases, now)).toEqual([agedSeconds(3601), agedSeconds(86_400)]);
    expect(deadLeases(leases, now + 999)).toEqual([agedSeconds(3601), agedSeconds(86_400)]);
    expect(deadLeases(leases, now + 1000)).toContain(agedSeconds(3600));
  });

  test('are ten at once, so that a request stays small', () => {
    const ids = Array.from({ length: 25 }, (_, index) => agedSeconds(7200, `f${index}`));
    expect(deadLeases(recordOf(...ids), now)).toEqual(ids.slice(0, 10));
  });

  test('are known by their ids, which begin with the second in base 36', () => {
    expect(leaseIdOf(36_000, 'x')).toBe('10-x');
    expect(leaseIdOf(36_999, 'x')).toBe('10-x');
    expect(leaseIdOf(37_000, 'x')).toBe('11-x');
  });
});
