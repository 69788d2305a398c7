import { BusEnvelope } from '#contracts/bus/bus-envelope.ts';
import { parseJson } from './parse.ts';

/** Reads an event as EventBridge delivers it. Throws {@link UnexpectedShapeError}. */
export function readBusEvent(text: string): BusEnvelope {
  return parseJson(BusEnvelope, text, 'A bus event');
}
