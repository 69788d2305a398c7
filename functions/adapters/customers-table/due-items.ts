import * as z from 'zod';
import { hash32 } from '#domain/text/stable-hash.ts';

/**
 * Keys of the index of what is due in the customers table: partition `due#<date>#<shard>` holds a customer's id for each whose
 * segments change at the midnight, UTC, with which the date begins. A partition takes 1,000 writes a second, so there are several.
 */
export const dueShards = 8;

const keptSeconds = 60 * 86_400;

/** Partition of what is due at a midnight in one shard. */
export function duePartition(dueMs: number, shard: number): string {
  return `due#${new Date(dueMs).toISOString().slice(0, 10)}#${shard}`;
}

/** The item that says that a customer is due at a midnight. It goes by itself should nobody ever look. */
export function dueItem(customerId: string, dueMs: number) {
  return {
    pk: { S: duePartition(dueMs, hash32(customerId) % dueShards) },
    sk: { S: customerId },
    expiresAt: { N: String(Math.floor(dueMs / 1000) + keptSeconds) },
  };
}

export const DueItem = z.object({ pk: z.object({ S: z.string() }), sk: z.object({ S: z.string() }) });
