import type { BusEnvelope, BusEventOf } from '#contracts/bus/bus-envelope.ts';
import type { BusDetailType } from '#contracts/bus/bus-event.ts';
import type { Decision } from '#domain/decision/decision.ts';

/** Reads what events carry packed; the store packs, and who lands knows how. */
export interface RecordReaders {
  /** The decisions in a record of `DecisionMade`. */
  decisionsIn(record: string): readonly Decision[];
}

/** An event of the bus that becomes rows of a table. */
export interface LandedEvent {
  readonly detailType: BusDetailType;
  /** None of an event of another type. */
  rowsOf(event: BusEnvelope, readers: RecordReaders): readonly object[];
}

/** Says which rows an event of a type becomes. */
export function lands<Type extends BusDetailType>(
  detailType: Type,
  rows: (event: BusEventOf<Type>, readers: RecordReaders) => readonly object[],
): LandedEvent {
  const isOfType = (event: BusEnvelope): event is BusEventOf<Type> => event['detail-type'] === detailType;
  return { detailType, rowsOf: (event, readers) => (isOfType(event) ? rows(event, readers) : []) };
}
