import type { Disposition } from '#domain/vocabulary/disposition.ts';

/** A question as a touchpoint asked it, be it several times. */
export interface AskedQuestion {
  /** The idempotency key or the batch, or what else tells it from others. */
  readonly name: string;
  readonly isPreview: boolean;
  /** Whether it may be asked again under its name: else every attempt is a decision of its own. */
  readonly isRepeatable: boolean;
  /** When it was sent, each time, epoch milliseconds, and for how many customers. */
  readonly attemptsMs: readonly number[];
  readonly customers: number;
  /** Of each answer the JSON texts of its decisions, as the client saw them. */
  readonly answers: readonly (readonly string[])[];
}

/** What a touchpoint told of a treatment, be it several times. */
export interface ToldResponse {
  readonly decisionId: string;
  readonly treatmentId: string;
  readonly disposition: Disposition;
  /** Whether the telling was acknowledged at least once. */
  readonly isTaken: boolean;
}

/** A customer's no, and when all that it arrived with had had its effects, epoch milliseconds. */
export interface HeardRefusal {
  readonly personaId: string;
  readonly channel: string;
  readonly heardMs: number;
}

/** What touchpoints know of the decisions that they asked for. */
export interface TouchpointLog {
  readonly asked: readonly AskedQuestion[];
  readonly told: readonly ToldResponse[];
  readonly refusals: readonly HeardRefusal[];
  /** Invocations of the functions that decide which a fault made twice. */
  readonly repeats: number;
  /** Customers of the largest question. */
  readonly mostCustomers: number;
}
