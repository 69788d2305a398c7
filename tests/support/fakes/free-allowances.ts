import type { Allowances } from '#ports/allowances.ts';

/** Holds nobody back. */
export const freeAllowances: Allowances = { take: async () => undefined };
