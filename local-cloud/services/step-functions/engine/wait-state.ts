import * as z from 'zod';
import { evaluateAs } from '#local-cloud/services/step-functions/jsonata/evaluate.ts';
import type { WaitState } from '#local-cloud/services/step-functions/language/state.ts';
import { evaluationError } from './state-error.ts';
import { stateOutput } from './state-output.ts';
import type { Transition, VisitContext } from './visit-context.ts';

/** ISO 8601 with an offset, as Java's `ISO_OFFSET_DATE_TIME` reads it. */
const offsetDateTime = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/i;

/** Waits on the cloud's clock. Until when is stored, so that a restart does not begin the wait again. */
export async function waitState(context: VisitContext, state: WaitState): Promise<Transition> {
  const { visit, run, place, presence } = context;
  visit.waitUntilMs ??= await dueMs(context, state);
  context.commit();
  if (visit.waitUntilMs > run.engine.context.clock.now()) {
    await presence.away(run.engine.timers.at(visit.waitUntilMs, place.signal));
  }
  return { ...(await stateOutput(context, state, context.scope.input)), next: state.Next };
}

async function dueMs(context: VisitContext, state: WaitState): Promise<number> {
  if (state.Seconds !== undefined) {
    const seconds = z.int().min(0).max(99_999_999);
    const found = await evaluateAs('number', seconds, state.Seconds, 'Seconds', context.bindings());
    return context.run.engine.context.clock.now() + found * 1000;
  }
  const text = await evaluateAs('string', z.string(), state.Timestamp, 'Timestamp', context.bindings());
  const [, day] = offsetDateTime.exec(text) ?? [];
  const ms = Date.parse(text.toUpperCase().replace(/(\.\d{3})\d+/, '$1'));
  // JavaScript takes the 30th of February for the 1st of March.
  if (day !== undefined && !Number.isNaN(ms) && new Date(day).toISOString().startsWith(day)) return ms;
  // The wait has begun by then: unlike other faults of an expression, this one follows the event that it was entered with.
  throw evaluationError(
    `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${text}`,
    'Timestamp',
    'after entering',
  );
}
