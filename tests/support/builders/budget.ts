import type * as z from 'zod';
import { Budget } from '#domain/budget/budget.ts';

/** A budget of 100 e-mails a day, spent evenly. */
export function budget(overrides: Partial<z.input<typeof Budget>> = {}): Budget {
  return Budget.parse({ budgetId: 'emails', unit: 'e-mails', limit: 100, period: 'day', ...overrides });
}
