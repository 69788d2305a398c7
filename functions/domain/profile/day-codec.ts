import * as z from 'zod';
import { interactionTypes } from '#domain/interaction/interaction.ts';
import { byCodeUnit } from '#domain/text/bounded-map.ts';
import { type DayRecord, inOrder, type TimelineEntry } from './day-record.ts';

/** The one text of a day record, as compact JSON; each entry's time is the difference to the one before. */
export function encodeDay(day: DayRecord): string {
  let before = 0;
  const entries = inOrder(day).map(({ messageId, at, type, touchpoint, label, purchase }) => {
    const since = at - before;
    before = at;
    const money = purchase ? [purchase.currency, purchase.revenueMinor, purchase.orderId ?? null] : [];
    return [messageId, since, interactionTypes.indexOf(type), touchpoint, label ?? null, ...money];
  });
  const older = [...day.older].sort(byCodeUnit).join('');
  return JSON.stringify({ entries, older, schema: 1, slots: day.slots });
}

/** Reads the text of a day record back. Throws a ZodError or SyntaxError when it is none. */
export function decodeDay(text: string): DayRecord {
  const { entries, older, slots } = DayFields.parse(JSON.parse(text));
  let at = 0;
  const timeline = entries.map((entry): TimelineEntry => {
    const [messageId, since, type, touchpoint, label, currency, revenueMinor, orderId] = entry;
    at += since;
    return {
      messageId,
      at,
      type: interactionTypes[type] ?? 'track',
      touchpoint,
      ...(label === null ? {} : { label }),
      ...(currency === undefined || revenueMinor === undefined
        ? {}
        : { purchase: { ...(orderId == null ? {} : { orderId }), currency, revenueMinor } }),
    };
  });
  return {
    entries: new Map(timeline.map((entry) => [entry.messageId, entry])),
    older: new Set(older.match(/.{16}/g)),
    slots,
  };
}

const DayFields = z.object({
  schema: z.literal(1),
  entries: z.array(
    z.tuple([
      z.string(),
      z.int(),
      z
        .int()
        .min(0)
        .max(interactionTypes.length - 1),
      z.string(),
      z.string().nullable(),
      z.string().optional(),
      z.int().optional(),
      z.string().nullish(),
    ]),
  ),
  older: z.string().regex(/^(?:[0-9a-f]{16})*$/),
  slots: z
    .int()
    .min(0)
    .lt(2 ** 48),
});
