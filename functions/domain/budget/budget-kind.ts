import { catalogueKind } from '#domain/vocabulary/catalogue-kind.ts';
import { Budget } from './budget.ts';

export const budgetKind = catalogueKind({
  kind: 'budgets',
  noun: 'budget',
  idField: 'budgetId',
  schema: Budget.meta({
    examples: [
      {
        budgetId: 'e-mails',
        name: 'E-mails a day',
        unit: 'e-mails',
        limit: 500,
        period: 'day',
        timeZone: 'Europe/Berlin',
        pacing: 'none',
      },
    ],
  }),
});
