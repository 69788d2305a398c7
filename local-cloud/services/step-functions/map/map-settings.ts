import * as z from 'zod';
import type { VisitContext } from '#local-cloud/services/step-functions/engine/visit-context.ts';
import { evaluateAs } from '#local-cloud/services/step-functions/jsonata/evaluate.ts';
import type { MapState } from '#local-cloud/services/step-functions/language/state.ts';

/** The numbers that a Map state may compute; tolerances only where it says them. */
export interface MapSettings {
  /** 0 when it names none. */
  readonly maxConcurrency: number;
  readonly toleratedFailureCount?: number;
  readonly toleratedFailurePercentage?: number;
}

const count = z.int().min(0);
const percentage = z.number().min(0).max(100);

/** Evaluates them. Throws `StateError`. */
export async function mapSettings(context: VisitContext, state: MapState): Promise<MapSettings> {
  const field = async (
    name: 'MaxConcurrency' | 'ToleratedFailureCount' | 'ToleratedFailurePercentage',
    schema: z.ZodType<number>,
  ) =>
    state[name] === undefined ? undefined : await evaluateAs('number', schema, state[name], name, context.bindings());
  const toleratedFailureCount = await field('ToleratedFailureCount', count);
  const toleratedFailurePercentage = await field('ToleratedFailurePercentage', percentage);
  return {
    maxConcurrency: (await field('MaxConcurrency', count)) ?? 0,
    ...(toleratedFailureCount === undefined ? {} : { toleratedFailureCount }),
    ...(toleratedFailurePercentage === undefined ? {} : { toleratedFailurePercentage }),
  };
}
