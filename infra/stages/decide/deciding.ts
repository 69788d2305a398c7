import type { LoopFunction } from '#infra/constructs/loop-function.ts';
import type { StageProps } from '#infra/stages/stage.ts';

/** Lets a function decide: it reads all that decisions are made from, and writes what they reserve, record and spend. */
export const deciding =
  ({ config, data: { budgets, catalogue, customers, decisions, models } }: StageProps) =>
  (made: LoopFunction): LoopFunction =>
    made
      .reads(catalogue, 'GetItem', 'Query')
      .reads(customers, 'BatchGetItem', 'Query')
      .reads(decisions, 'BatchGetItem', 'Query')
      .reads(budgets, 'GetItem', 'BatchGetItem')
      .reads(models, 'BatchGetItem')
      .writes(customers, 'PutItem')
      .writes(decisions, 'PutItem')
      .writes(budgets, 'UpdateItem')
      .goesBy(config.timeZone);
