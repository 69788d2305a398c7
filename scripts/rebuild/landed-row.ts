import * as z from 'zod';
import { FoldableRow } from '#contracts/lake/interactions/row-to-interaction.ts';

/** A row of `interactions` as far as profiles are folded from it: one delivery of one message. */
export const LandedRow = FoldableRow.extend({ persona_id: z.string() });
export type LandedRow = z.infer<typeof LandedRow>;

/** The columns to select. */
export const landedColumns = Object.keys(LandedRow.shape).join(', ');

/** Reads a row of an Athena answer. Throws a ZodError. */
export function landedRow(row: Readonly<Record<string, string | null>>): LandedRow {
  return LandedRow.parse({
    ...row,
    occurred_at: isoTime(row.occurred_at),
    received_at: isoTime(row.received_at),
    sequence: row.sequence == null ? null : Number(row.sequence),
    identifiers: listOf(row.identifiers),
  });
}

/** Athena's text of an array, `[a, b]`; null in rows from before the column. Keys of identifiers hold no commas. */
export function listOf(text: string | null | undefined): string[] {
  return text ? text.slice(1, -1).split(', ').filter(Boolean) : [];
}

/** Athena's `2026-03-01 12:00:00.000` in ISO 8601. */
export function isoTime(text: string | null | undefined): string {
  return `${String(text).replace(' ', 'T')}Z`;
}

/** Athena's time in epoch milliseconds. */
export function instantOf(text: string | null | undefined): number {
  return Date.parse(isoTime(text));
}
