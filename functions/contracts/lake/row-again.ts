import * as z from 'zod';

/** A lake row that goes into its delivery stream again after Firehose could not convert it. */
const RowAgain = z.strictObject({ lakeRow: z.string() });

const beginning = '{"lakeRow":';

/** The record that carries a row: the row's JSON as a text, for parsed and written again its large numbers would change. */
export const rowAgain = (row: string): string => JSON.stringify({ lakeRow: row } satisfies z.infer<typeof RowAgain>);

/** The row's JSON that a record carries, or undefined when it is no such record. */
export function readRowAgain(record: string): string | undefined {
  if (!record.startsWith(beginning)) return undefined;
  try {
    return RowAgain.safeParse(JSON.parse(record)).data?.lakeRow;
  } catch {
    return undefined;
  }
}
