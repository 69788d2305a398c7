import type { Decision } from '#domain/decision/decision.ts';
import { type Captured, capture } from '#domain/disposition/capture.ts';
import type { ToldDisposition } from '#domain/disposition/told-disposition.ts';
import { modelName, modelsOf } from '#domain/propensity/model-key.ts';
import type { ModelRecord } from '#domain/propensity/propensity-model.ts';
import { responseOf } from '#domain/propensity/response-of.ts';
import { wasSeen } from '#domain/propensity/was-seen.ts';
import { type Finding, findingsOf } from './audited-run.ts';

/** A presentation that somebody saw or responded to, and whether by a yes at any time. */
interface Presentation {
  readonly decisionId: string;
  readonly treatmentId: string;
  readonly offerId: string;
  readonly channel: string;
  readonly isYes: boolean;
}

/**
 * Every presentation that was seen or responded to in time is learned once, by its treatment, its offer and its channel, and as a yes if
 * one came: of all that was told, whatever order it came in and however often, the models of a cloud count what these numbers say, a
 * day after the last telling: silence counts as a no by then.
 */
export function auditModels(
  records: ReadonlyMap<string, Decision>,
  remembered: ReadonlyMap<string, ToldDisposition>,
  models: ReadonlyMap<string, ModelRecord>,
): Finding[] {
  const expected = new Map<string, { responses: number; positives: number }>();
  for (const presentation of presentationsOf(records, remembered)) {
    for (const name of modelsOf(presentation).map(modelName)) {
      const counts = expected.get(name) ?? { responses: 0, positives: 0 };
      expected.set(name, {
        responses: counts.responses + 1,
        positives: counts.positives + (presentation.isYes ? 1 : 0),
      });
    }
  }
  const none = { responses: 0, positives: 0 };
  const wrong = [...new Set([...expected.keys(), ...models.keys()])].flatMap((name) => {
    const { responses, positives } = models.get(name) ?? none;
    const should = expected.get(name) ?? none;
    if (responses === should.responses && positives === should.positives) return [];
    return [`${name} has ${positives} of ${responses} instead of ${should.positives} of ${should.responses}`];
  });
  return findingsOf('models', 'learned otherwise than once each', wrong);
}

function presentationsOf(
  records: ReadonlyMap<string, Decision>,
  remembered: ReadonlyMap<string, ToldDisposition>,
): Presentation[] {
  const presentations = new Map<string, Presentation>();
  for (const told of remembered.values()) {
    const response = responseIn(capture(told, records.get(told.decisionId)));
    if (response === undefined) continue;
    const key = `${response.decisionId} ${response.treatmentId}`;
    presentations.set(key, { ...response, isYes: response.isYes || presentations.get(key)?.isYes === true });
  }
  return [...presentations.values()];
}

function responseIn(taken: Captured): Presentation | undefined {
  if (taken.kind !== 'captured') return undefined;
  const { decisionId, treatmentId, offerId, channel, disposition, goal } = taken.captured;
  const response = responseOf(disposition, goal);
  if (response === undefined && !wasSeen(disposition)) return undefined;
  return { decisionId, treatmentId, offerId, channel, isYes: response === true };
}
