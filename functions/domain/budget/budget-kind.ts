import { catalogueKind } from '#domain/vocabulary/catalogue-kind.ts';
import { Budget } from './budget.ts';

export const budgetKind = catalogueKind({ kind: 'budgets', noun: 'budget', idField: 'budgetId', schema: Budget });
