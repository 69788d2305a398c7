import type { Touchpoint } from '#domain/vocabulary/touchpoint.ts';

/** An event of a played world, as a Segment SDK would send it, and the touchpoint that sends it. */
export interface WorldEvent {
  readonly touchpoint: Touchpoint;
  readonly message: Readonly<Record<string, unknown>> & { readonly messageId: string; readonly timestamp: string };
}
