import { type BusBody, type BusDetailType, type BusEntry, busEntry, type Stamp } from './bus-event.ts';
import { jsonBytes, largestDetailBytes, packDetails } from './pack-details.ts';

/** More than an event has besides the list that fills it: id, time and version, and all names. */
const envelopeBytes = 200;

/** Whether the JSON of something fits an entry of the bus. */
export const fitsEntry = (element: unknown): boolean => jsonBytes(element) <= largestDetailBytes - envelopeBytes;

export interface PackingSettings<Element> {
  /** Bytes that the list adds to for an element; those of its JSON unless said otherwise. */
  readonly bytesOf?: (element: Element) => number;
  /** What the event has besides the envelope and the list. */
  readonly moreBytes?: number;
}

/** Entries that tell of a list, as few as hold it, in its order; of an empty list none. `bodyOf` says what an event tells of a run of it. */
export function packedEntries<Type extends BusDetailType, Element>(
  detailType: Type,
  stamp: Stamp,
  elements: readonly Element[],
  bodyOf: (run: Element[]) => BusBody<Type>,
  { bytesOf, moreBytes = 0 }: PackingSettings<Element> = {},
): BusEntry[] {
  return packDetails(elements, envelopeBytes + moreBytes, bytesOf).map((run) =>
    busEntry(detailType, stamp, bodyOf(run)),
  );
}
