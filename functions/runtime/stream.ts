import * as z from 'zod';

/** A batch of a table's stream; the table's adapter reads what a record tells. */
export function streamBatch<Told>(record: z.ZodType<readonly Told[]>) {
  return z.object({ Records: z.array(record) });
}

/** Tells what the records of a batch say, all of it together. A batch of which a record can't be read, or that can't be told, comes again. */
export function streamHandler<Told>(tell: (told: readonly Told[]) => Promise<void>) {
  return ({ Records }: { readonly Records: readonly (readonly Told[])[] }): Promise<void> => tell(Records.flat());
}
