import { expect, test } from 'vitest';
import type { StoredMembership } from '#ports/memberships.ts';
import { refreshCustomer } from '#use-cases/segments/refresh-customer.ts';

const stored = (over: Partial<StoredMembership> = {}): StoredMembership => ({
  customerId: 'c',
  version: 3,
  revision: 1,
  members: new Set(),
  nextChangeMs: undefined,
  ...over,
});

/** Refreshes a customer of a firm without segments; gives how often its profile was read and what was saved. */
async function refreshed(before: StoredMembership) {
  let reads = 0;
  const saved: string[][] = [];
  const customerId = await refreshCustomer('c', 0, {
    customers: {
      customer: async () => {
        reads += 1;
        return { customerId: 'c', personaIds: ['c'], personas: [] };
      },
    },
    memberships: {
      load: async () => before,
      save: async (_, { members }) => {
        saved.push([...members]);
        return 'saved';
      },
    },
    catalogue: async () => ({ revision: 1, segments: new Map() }),
    pause: async () => {},
  });
  return { customerId, reads, saved };
}

test('of a firm without segments no profile is read', async () => {
  expect(await refreshed(stored())).toEqual({ customerId: 'c', reads: 0, saved: [] });
});

test('whoever is in a segment that is gone leaves it', async () => {
  expect(await refreshed(stored({ members: new Set(['gone']) }))).toEqual({ customerId: 'c', reads: 1, saved: [[]] });
});
