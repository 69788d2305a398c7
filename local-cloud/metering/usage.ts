import type { CallNotes } from './call-notes.ts';

/** What AWS counts on a bill. The price list has a price for each. */
export type BilledUnit =
  | 'write-request-units'
  | 'read-request-units'
  | 'stream-reads'
  | 'event-chunks'
  | 'archived-bytes'
  | 'requests'
  | 'gb-seconds'
  | 'ingested-bytes'
  | 'converted-bytes'
  | 'put-class-requests'
  | 'get-class-requests'
  | 'free-requests'
  | 'scanned-bytes'
  | 'state-transitions'
  | 'traced-invocations';

/** An amount of something that is billed. */
export interface Usage {
  readonly unit: BilledUnit;
  readonly amount: number;
}

/** A call that ran, as far as its bill depends on it. */
export interface RanCall {
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly output: unknown;
  /** The error's code when the call failed. */
  readonly failure?: string;
  readonly notes: CallNotes;
}

/** How one service bills a call. */
export type BillingRule = (call: RanCall) => readonly Usage[];

/** Whole chunks of a size, at least one. */
export function chunksOf(bytes: number, chunkBytes: number): number {
  return Math.max(1, Math.ceil(bytes / chunkBytes));
}
