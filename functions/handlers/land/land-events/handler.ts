import { decisionAccounts } from '#adapters/decisions-table/decision-accounts.ts';
import { withRuntime } from '#runtime/lambda.ts';
import { TransformationEvent, transformationHandler } from '#runtime/transformation.ts';
import { lakeRows } from '#use-cases/land/lake-rows.ts';

export const handler = withRuntime('land-events', TransformationEvent, () =>
  transformationHandler(lakeRows(decisionAccounts)),
);
