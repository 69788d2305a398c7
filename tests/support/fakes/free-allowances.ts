import type { Allowances } from '#ports';

/** Holds nobody back. */
export const freeAllowances: Allowances = { take: async () => undefined };
