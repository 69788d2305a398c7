import * as z from 'zod';
import { DecisionStreamEvent, publishDecisions } from '#handlers/decide/publish-decisions/publish-decisions.ts';
import { parse } from '#runtime/parse.ts';
import type { PublishRecords } from './publish-again.ts';

/** The SDK reads a stream's bytes as bytes, where Lambda hands them over as base64. */
const Record = z.object({
  eventName: z.literal('INSERT'),
  dynamodb: z.looseObject({ NewImage: z.looseObject({ record: z.object({ B: z.instanceof(Uint8Array) }) }) }),
});

/** Tells the bus again which decisions the records of their table's stream hold. */
export const decisionsAgain: PublishRecords = async (records, deps) => {
  const made = records.flatMap((record) => {
    const { data } = Record.safeParse(record);
    if (data === undefined) return [];
    const { NewImage } = data.dynamodb;
    const B = Buffer.from(NewImage.record.B).toString('base64');
    return [{ dynamodb: { NewImage: { ...NewImage, record: { B } } } }];
  });
  await publishDecisions(deps)(parse(DecisionStreamEvent, { Records: made }, 'A stream batch'));
};
