import type { BusEventOf } from '#contracts/bus/bus-envelope.ts';
import type { CapturedDisposition } from '#domain/disposition/captured-disposition.ts';
import { answerDueMs } from '#domain/propensity/answer-due.ts';
import { decodeFeatures } from '#domain/propensity/feature-vector.ts';
import type { PresentedResponse } from '#domain/propensity/learn-responses.ts';
import { responseOf } from '#domain/propensity/response-of.ts';
import type { WaitingPresentation } from '#domain/propensity/waiting-presentation.ts';
import { wasSeen } from '#domain/propensity/was-seen.ts';
import type { BatchWork } from '#ports/batch-work.ts';
import type { WaitingPresentations } from '#ports/waiting-presentations.ts';
import { UnexpectedShapeError } from '#runtime/errors.ts';
import { type LearnDeps, learnRun, runsOf } from './learn-from-run.ts';

export interface LearnFromDispositionsDeps extends LearnDeps {
  readonly waiting: WaitingPresentations;
}

/** Whom models learn from. */
const types = ['DispositionCaptured', 'PresentationsUnanswered'] as const;
type Type = (typeof types)[number];

/** What is learned now, or waits for its answer. */
type Lesson = PresentedResponse | WaitingPresentation;

/**
 * Teaches propensity models what customers did with treatments: each presentation once, however often it is told. What was seen and
 * not answered waits, and counts as ignored when it is told to be unanswered still.
 */
export function learnFromDispositions(deps: LearnFromDispositionsDeps): BatchWork<Type, Lesson> {
  return {
    types,
    undone: 'Models did not learn from a message',
    partsOf: (event) => lessonsIn(event, deps.now()),
    async perform(lessons, attempt) {
      const waiting = lessons.filter(isWaiting);
      if (waiting.length > 0) await attempt(waiting, () => deps.waiting.hold(waiting));
      for (const run of runsOf(lessons.filter(isResponse))) await attempt(run, () => learnRun(run, deps));
    },
  };
}

const isWaiting = (lesson: Lesson): lesson is WaitingPresentation => 'dueAt' in lesson;
const isResponse = (lesson: Lesson): lesson is PresentedResponse => 'response' in lesson;

function lessonsIn(event: BusEventOf<Type>, nowMs: number): Lesson[] {
  switch (event['detail-type']) {
    case 'DispositionCaptured':
      return event.detail.dispositions.flatMap((captured) => lessonIn(captured, nowMs) ?? []);
    case 'PresentationsUnanswered':
      return event.detail.presentations.map(silence);
  }
}

function lessonIn(captured: CapturedDisposition, nowMs: number): Lesson | undefined {
  const { decisionId, decidedAt, treatmentId, offerId, channel, disposition, occurredAt, goal, isLate } = captured;
  const response = responseOf(disposition, goal);
  if (isLate || (response === undefined && !wasSeen(disposition))) return undefined;
  // Read here though who waits keeps the text: one that can't be read must not fail hundreds that fall due with it.
  const features = featuresOf(captured);
  const presented = { decisionId, decidedAt, treatmentId, offerId, channel };
  const [decidedMs, seenMs] = [Date.parse(decidedAt), Date.parse(occurredAt)];
  if (response !== undefined) {
    return { ...presented, features, response, expected: captured.record.propensity ?? undefined, atMs: seenMs };
  }
  const dueMs = answerDueMs({ direction: captured.record.direction, decidedMs, seenMs }, nowMs);
  if (dueMs === undefined) return undefined;
  return { ...presented, features: captured.features, dueAt: new Date(dueMs).toISOString() };
}

function silence({ dueAt, ...presented }: WaitingPresentation): PresentedResponse {
  return { ...presented, features: featuresOf(presented), response: false, atMs: Date.parse(dueAt) };
}

function featuresOf({ decisionId, features: text }: Pick<CapturedDisposition, 'decisionId' | 'features'>) {
  const features = decodeFeatures(text);
  if (features === undefined) throw new UnexpectedShapeError(`Decision ${decisionId} has features that can’t be read`);
  return features;
}
