import { keyAttributes } from '#adapters/dynamodb/read-items.ts';
import { dueKey } from './keys.ts';

const keptSeconds = 60 * 86_400;

/** The item that says that a customer is due at a midnight. It goes by itself should nobody ever look. */
export function dueItem(customerId: string, dueMs: number) {
  return {
    ...keyAttributes(dueKey(customerId, dueMs)),
    expiresAt: { N: String(Math.floor(dueMs / 1000) + keptSeconds) },
  };
}
