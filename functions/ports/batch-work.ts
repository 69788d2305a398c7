import type { BusEventOf } from '#contracts/bus/bus-envelope.ts';
import type { BusDetailType } from '#contracts/bus/bus-event.ts';
import type { Attempt } from './attempt.ts';

/** What is done with a batch of bus events, any of which may fail alone. */
export interface BatchWork<Type extends BusDetailType, Part extends object> {
  /** The events that it understands; any other is a fault. */
  readonly types: readonly Type[];
  /** What an event asks for, each part an object of its own. Throws {@link UnexpectedShapeError} where it can’t be understood. */
  partsOf(event: BusEventOf<Type>): readonly Part[] | Promise<readonly Part[]>;
  /** Does the parts of all events, in what order and how many together it likes, each within an attempt. */
  perform(parts: readonly Part[], attempt: Attempt<Part>): Promise<void>;
  /** What the log says of a message that was not done. */
  readonly undone: string;
}
