import { publishChanges, StreamEvent } from '#handlers/profile/publish-customer-changes/publish-changes.ts';
import { parse } from '#runtime/parse.ts';
import type { PublishRecords } from './publish-again.ts';

/** Tells the bus again what changed of customers, as the records of their table's stream say. */
export const changesAgain: PublishRecords = async (records, deps) => {
  const ofPersonas = records.filter((record) => StreamEvent.shape.Records.element.safeParse(record).success);
  await publishChanges(deps)(parse(StreamEvent, { Records: ofPersonas }, 'A stream batch'));
};
