import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { isRecord } from '#local-cloud/cloud/record.ts';
import type { CloudContext } from '#local-cloud/cloud/service.ts';
import type { BusEvent } from './bus-event.ts';
import { eventBridgeError } from './errors.ts';

const entry = z.object({
  EventBusName: z.string().default('default'),
  Source: z.string().default(''),
  DetailType: z.string().default(''),
  Detail: z.string().default(''),
  Resources: z.array(z.string()).default([]),
  Time: z.number().optional(),
});
export type Entry = z.infer<typeof entry>;

// PutEvents takes ten entries of together 256 KB; an entry with a time is charged 14 bytes for it.
const maximumEntries = 10;
const maximumBytes = 262_144;
const timeBytes = 14;

/** The entries of a PutEvents call; throws when the call as a whole breaks a limit. */
export function readEntries(input: unknown): readonly Entry[] {
  const parsed = z.object({ Entries: z.array(entry).min(1).max(maximumEntries) }).safeParse(input);
  if (!parsed.success) throw eventBridgeError('ValidationException', z.prettifyError(parsed.error));
  const bytes = parsed.data.Entries.reduce((sum, item) => sum + entryBytes(item), 0);
  if (bytes > maximumBytes) {
    throw eventBridgeError('ValidationException', 'Total size of the entries in the request is over the limit.');
  }
  return parsed.data.Entries;
}

/** The event of an entry, or why this entry fails alone. */
export function toBusEvent(item: Entry, context: CloudContext): BusEvent | { ErrorCode: string; ErrorMessage: string } {
  for (const name of ['Source', 'DetailType', 'Detail'] as const) {
    if (item[name] === '') {
      return {
        ErrorCode: 'InvalidArgument',
        ErrorMessage: `Parameter ${name} is not valid. Reason: ${name} is a required argument.`,
      };
    }
  }
  const detail = parseDetail(item.Detail);
  if (!isRecord(detail)) return { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' };
  const seconds = item.Time ?? Math.floor(context.clock.now() / 1000);
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': item.DetailType,
    source: item.Source,
    account: context.account,
    time: new Date(seconds * 1000).toISOString().replace(/\.\d+Z$/, 'Z'),
    region: context.region,
    resources: item.Resources,
    detail,
  };
}

/** What an entry counts for in limits and on the bill. Source: user guide, "PutEvents event entry size". */
export function entryBytes({ Source, DetailType, Detail, Resources, Time }: Entry): number {
  const texts = [Source, DetailType, Detail, ...Resources];
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), Time === undefined ? 0 : timeBytes);
}

function parseDetail(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
