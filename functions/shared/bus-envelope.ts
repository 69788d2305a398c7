import * as z from 'zod';
import { type BusDetail, type BusDetailType, busEvents } from '#domain/bus/bus-event.ts';
import { UnexpectedShapeError } from './errors.ts';
import { parse, parseJson } from './parse.ts';

const Envelope = z.object({ 'detail-type': z.string(), detail: z.unknown() });

/** An event of the bus, told apart by its detail type. */
export type BusEvent = {
  [Type in BusDetailType]: { readonly type: Type; readonly detail: BusDetail<Type> };
}[BusDetailType];

/** Reads an event as EventBridge delivers it. Throws {@link UnexpectedShapeError}. */
export function readBusEvent(text: string): BusEvent {
  const { 'detail-type': type, detail } = parseJson(Envelope, text, 'A bus event');
  switch (type) {
    case 'InteractionsReceived':
      return { type, detail: parse(busEvents.InteractionsReceived, detail, type) };
    case 'InteractionsRejected':
      return { type, detail: parse(busEvents.InteractionsRejected, detail, type) };
    case 'ProfileChanged':
      return { type, detail: parse(busEvents.ProfileChanged, detail, type) };
    case 'IdentityLinked':
    case 'IdentityMerged':
    case 'IdentityMergeRefused':
    case 'IdentityUnmerged':
      return { type, detail: parse(busEvents[type], detail, type) };
    case 'DecisionMade':
      return { type, detail: parse(busEvents.DecisionMade, detail, type) };
    case 'DispositionCaptured':
      return { type, detail: parse(busEvents.DispositionCaptured, detail, type) };
    case 'SegmentsDue':
      return { type, detail: parse(busEvents.SegmentsDue, detail, type) };
    default:
      throw new UnexpectedShapeError(`Expected one of the bus's detail types, got ${type}`);
  }
}
