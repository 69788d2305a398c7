import type { BusEnvelope } from '#contracts/bus/bus-envelope.ts';
import type { RecordReaders } from './landed-event.ts';
import { lakeTables } from './tables.ts';

/**
 * The lake's rows of an event, or undefined when no table takes it. An event has one table: the transform of all delivery streams
 * is one function, and does not ask which stream it works for.
 */
export function rowsOfEvent(event: BusEnvelope, readers: RecordReaders): readonly object[] | undefined {
  const landed = lakeTables.flatMap(({ events }) => events);
  return landed.find(({ detailType }) => detailType === event['detail-type'])?.rowsOf(event, readers);
}
