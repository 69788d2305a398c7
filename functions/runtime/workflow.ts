import * as z from 'zod';
import { chunkOfKey } from '#domain/campaign/chunk-of-key.ts';

/** What tasks of a run's workflow are asked. */
export const RunTask = z.object({ runId: z.string().min(1) });

/** What tasks are asked about one chunk: a map lists its file. */
export const ChunkTask = z
  .object({ runId: z.string().min(1), key: z.string() })
  .transform(({ runId, key }, { addIssue }) => {
    const chunk = chunkOfKey(key);
    if (chunk !== undefined) return { runId, chunk };
    addIssue({ code: 'custom', message: 'Expected the key of a chunk’s file', input: key });
    return z.NEVER;
  });
