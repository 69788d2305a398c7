import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { dynamoDecisionMaker } from '#adapters/dynamo-decision-maker.ts';
import { answerOf, type DecisionAnswer } from '#domain/decision/decision-answer.ts';
import type { DecisionPlan } from '#domain/decision/decision-plan.ts';
import { DecisionRequest } from '#domain/decision/decision-request.ts';
import { touchpoints } from '#domain/interaction/touchpoint.ts';
import type { decisionMaker } from '#shared/decision-maker.ts';
import { withRuntime } from '#shared/runtime.ts';

/** Decisions of one batch share their id but for its last two digits. */
const mostCustomers = 256;

/** One question about many customers; asked again under the same id it gets the same answer. */
const Batch = z.object({
  batchId: z.uuid(),
  touchpoint: z.enum(touchpoints),
  placements: DecisionRequest.shape.placements,
  context: DecisionRequest.shape.context,
  limit: DecisionRequest.shape.limit,
  /** Ids of customers, or of any of their personas. */
  customerIds: z.array(z.string()).min(1).max(mostCustomers),
});

interface BatchAnswer {
  /** In the order of the customers. */
  readonly decisions: readonly DecisionAnswer[];
}

export interface DecideBatchDeps {
  readonly plan: () => Promise<DecisionPlan>;
  readonly maker: Pick<ReturnType<typeof decisionMaker>, 'decideBatch'>;
}

/** Decides for many customers at once: their decisions are recorded together. */
export function makeHandler({ plan, maker }: DecideBatchDeps) {
  return async ({ batchId, customerIds, touchpoint, ...asked }: z.output<typeof Batch>): Promise<BatchAnswer> => {
    const request = { ...DecisionRequest.parse({ customer: 'customer_id:batch', ...asked }), touchpoint };
    const decisions = await maker.decideBatch(
      await plan(),
      customerIds.map((personaId, index) => ({
        personaId,
        request,
        asksPerson: true,
        // Decisions are looked up by their ids in small letters.
        decisionId: `${batchId.slice(0, -2).toLowerCase()}${index.toString(16).padStart(2, '0')}`,
      })),
    );
    return { decisions: decisions.map(answerOf) };
  };
}

export const handler = withRuntime('decide-batch', Batch, () =>
  makeHandler(dynamoDecisionMaker(new DynamoDBClient({}))),
);
