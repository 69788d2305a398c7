import type { CapturedDisposition } from '#domain/disposition/captured-disposition.ts';
import { decodeFeatures } from '#domain/propensity/feature-vector.ts';
import type { PresentedResponse } from '#domain/propensity/learn-responses.ts';
import { responseOf } from '#domain/propensity/response-of.ts';
import type { BatchWork } from '#ports/batch-work.ts';
import { UnexpectedShapeError } from '#runtime/errors.ts';
import { type LearnDeps, learnRun, runsOf } from './learn-from-run.ts';

/** Teaches propensity models what customers did with treatments: each presentation once, however often it is told. */
export function learnFromDispositions(deps: LearnDeps): BatchWork<'DispositionCaptured', PresentedResponse> {
  return {
    types: ['DispositionCaptured'],
    undone: 'Models did not learn from a message',
    partsOf: ({ detail }) => detail.dispositions.flatMap((captured) => responseIn(captured) ?? []),
    async perform(responses, attempt) {
      for (const run of runsOf(responses)) await attempt(run, () => learnRun(run, deps));
    },
  };
}

function responseIn(captured: CapturedDisposition): PresentedResponse | undefined {
  const { decisionId, decidedAt, treatmentId, offerId, channel } = captured;
  const response = responseOf(captured.disposition, captured.goal);
  if (response === undefined || captured.isLate) return undefined;
  const features = decodeFeatures(captured.features);
  if (features === undefined) throw new UnexpectedShapeError(`Decision ${decisionId} has features that can’t be read`);
  const atMs = Date.parse(captured.occurredAt);
  return { decisionId, decidedAt, treatmentId, offerId, channel, features, response, atMs };
}
