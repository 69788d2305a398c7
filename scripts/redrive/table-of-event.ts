import * as z from 'zod';
import { lakeTables } from '#contracts/lake/tables.ts';
import { parseJson } from '#runtime/parse.ts';

const LostEvent = z.object({ 'detail-type': z.string() });

/** The one table of the lake that a bus event, as JSON, becomes rows of. Throws an Error when it becomes none. */
export function tableOfEvent(event: string): string {
  const { 'detail-type': told } = parseJson(LostEvent, event, 'A dead letter of the lake');
  const table = lakeTables.find(({ events }) => events.some(({ detailType }) => detailType === told));
  if (table === undefined) throw new Error(`No table of the lake has rows of ${told}`);
  return table.name;
}
