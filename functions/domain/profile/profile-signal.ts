import type * as z from 'zod';
import type { Interaction } from '#domain/interaction/interaction.ts';
import type { Keeping } from '#domain/text/keeping.ts';
import type { DayDraft } from './day-record.ts';
import type { Digest } from './digest.ts';
import type { OrderRecord } from './order-record.ts';
import type { Watermark } from './watermark.ts';

/** An interaction that a persona is told of, for the first time or again. */
export interface Told {
  readonly interaction: Interaction;
  readonly digest: Digest;
  /** Who told it, if not a trusted touchpoint: see `claimSourceOf`. */
  readonly claimSource: string | undefined;
  readonly keeping: Keeping;
}

/** An interaction that counts, with what is on record besides the state. */
export interface Counted extends Told {
  /** Its day, to be written to. */
  readonly day: DayDraft;
  /** Records of orders that the state does not keep, by key. */
  readonly settled: ReadonlyMap<string, OrderRecord>;
  readonly watermark: Watermark;
}

/**
 * All that is to be known of one thing that a profile knows: fields of the state (`Value`, written as `Draft`) and what becomes of
 * them. States, their text, the API's profile and what rules ask are made from the list of signals (`profile-signals.ts`). A signal
 * may read (`Reads`) and write (`Writes`) fields of others; the list must have them.
 */
export interface ProfileSignal<
  Value,
  Draft extends Value,
  Reads,
  Writes,
  Fields extends z.ZodRawShape,
  Answer extends z.ZodRawShape,
  Rules,
> {
  /** Of a persona without interactions: the identity of `join`. */
  readonly blank: () => Draft;
  /** Shares nothing with the value. */
  readonly copy: (value: Value) => Draft;
  /** Takes in that an interaction was told. A repeat is told again, with an arrival of its own: this must not count. */
  readonly hear?: (draft: Writes, told: Told) => void;
  /** Takes in an interaction that counts, once each; in whatever order they come, the end must be the same. */
  readonly count?: (draft: Writes, counted: Counted) => void;
  /** Adds another persona's value: associative and commutative. */
  readonly join: (draft: Draft, other: Value) => void;
  /** Drops what fell out of its window, whenever the last interaction is a later one. */
  readonly forget?: (draft: Draft, watermark: Watermark) => void;
  /** The stored fields. What came after the first states has a default, for they lack it. */
  readonly fields: Fields;
  readonly decode: (fields: z.output<z.ZodObject<Fields>>) => Value;
  /** Fields that every state's text has. */
  readonly always?: (state: Reads) => object;
  /** Fields that are left out while empty: most customers lack most of them, and an item's size is its price. */
  readonly whenTold?: (state: Reads) => object;
  /** Fields that are JSON text already, as `"name":…`. */
  readonly texts?: (state: Reads) => readonly string[];
  /** What the API's profile shows of it. */
  readonly answer: Answer;
  readonly shown: (state: Reads, now: Date) => { readonly [Name in keyof Answer]: z.output<Answer[Name]> };
  /** What rules can ask of it; nothing in it depends on the time of asking. */
  readonly inRules: (state: Reads) => Rules;
}

/** Of a signal that the API's profile does not show. */
export const notShown = { answer: {}, shown: () => ({}) };

/** Of a signal that rules can't ask for. */
export const notAsked = { inRules: () => ({}) };

/** Defines a signal: its types follow from what is said. */
export function profileSignal<
  Value,
  Draft extends Value,
  Fields extends z.ZodRawShape,
  Answer extends z.ZodRawShape,
  Rules,
  Reads = unknown,
  Writes = unknown,
>(
  definition: ProfileSignal<Value, Draft, Reads, Writes, Fields, Answer, Rules>,
): ProfileSignal<Value, Draft, Reads, Writes, Fields, Answer, Rules> {
  return definition;
}
