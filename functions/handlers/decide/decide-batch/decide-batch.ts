import * as z from 'zod';
import { questionText } from '#domain/decision/asked.ts';
import { batchDecisionId } from '#domain/decision/batch-decision-id.ts';
import { answerOf, type DecisionAnswer } from '#domain/decision/decision-answer.ts';
import type { DecisionPlan } from '#domain/decision/decision-plan.ts';
import { DecisionRequest } from '#domain/decision/decision-request.ts';
import { Touchpoint } from '#domain/vocabulary/touchpoint.ts';
import type { IdentityKey } from '#ports/identity-key.ts';
import { UnexpectedShapeError } from '#runtime/errors.ts';
import type { decisionMaker } from '#use-cases/decide/decision-maker.ts';
import { fingerprintOf } from '#use-cases/decide/fingerprint-of.ts';

/** Decisions of one batch are recorded together, in a transaction of 4 MB at most. */
const mostCustomers = 256;

/** One question about many customers; asked again under the same id it gets the same answer. */
export const Batch = z.strictObject({
  batchId: z.uuid(),
  touchpoint: Touchpoint,
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
  /** Those that the stage has. */
  readonly touchpoints: readonly string[];
  readonly identityKey: () => Promise<Pick<IdentityKey, 'hash'>>;
  readonly plan: () => Promise<DecisionPlan>;
  readonly maker: Pick<ReturnType<typeof decisionMaker>, 'decideBatch'>;
}

/** Decides for many customers at once: their decisions are recorded together. Throws an {@link UnexpectedShapeError} at a touchpoint that the stage has not. */
export function decideBatch({ touchpoints, identityKey, plan, maker }: DecideBatchDeps) {
  return async ({ batchId, customerIds, touchpoint, ...asked }: z.output<typeof Batch>): Promise<BatchAnswer> => {
    if (!touchpoints.includes(touchpoint)) {
      throw new UnexpectedShapeError(`Expected as touchpoint one of ${touchpoints.join(', ')}, got ${touchpoint}`);
    }
    const request = { ...DecisionRequest.parse({ customer: 'customer_id:batch', ...asked }), touchpoint };
    const { hash } = await identityKey();
    const id = batchId.toLowerCase();
    const fingerprint = fingerprintOf(questionText(request, customerIds));
    const decisions = await maker.decideBatch(
      await plan(),
      customerIds.map((personaId, index) => ({
        personaId,
        request,
        asksPerson: true,
        decisionId: batchDecisionId(hash('decision-batch', id), hash('decision-of-batch', `${id}:${index}`)),
        asked: { by: '', fingerprint },
      })),
    );
    return { decisions: decisions.map(answerOf) };
  };
}
