import * as z from 'zod';
import { packText } from '#adapters/dynamodb/packed-text.ts';
import { parseJson } from '#runtime/parse.ts';
import { daySort, daySortPrefix, orderSort } from './keys.ts';
import type { RecentRecords } from './recent-records.ts';

const Recent = z.array(z.tuple([z.string(), z.int(), z.unknown()]));

/** Tuples of a name, `d<date>` or `o<order key>`, expiry, and the record as JSON within JSON, because as a text its quotes would grow. */
export function recentText(records: RecentRecords, personaId: string): string {
  const orderPrefix = orderSort(personaId, '');
  const tuples = [...records].map(([own, { expiresAt, text }]) => {
    const name = own.startsWith(orderPrefix)
      ? `o${own.slice(orderPrefix.length)}`
      : `d${own.slice(daySortPrefix('').length, -personaId.length - 1)}`;
    return `[${JSON.stringify(name)},${expiresAt},${text}]`;
  });
  return `[${tuples.join(',')}]`;
}

/** Reads what {@link recentText} made. Throws {@link UnexpectedShapeError}. */
export function readRecentText(text: string, personaId: string): RecentRecords {
  const tuples = parseJson(Recent, text, 'The recent records of a persona');
  return new Map(
    tuples.map(([name, expiresAt, record]) => {
      const id = name.slice(1);
      const own = name.startsWith('o') ? orderSort(personaId, id) : daySort(personaId, id);
      return [own, { expiresAt, text: JSON.stringify(record) }];
    }),
  );
}

/** Bytes that recent records add to their persona's item, about. */
export function recentBytes(records: RecentRecords, personaId: string): number {
  return packText(recentText(records, personaId)).length;
}
