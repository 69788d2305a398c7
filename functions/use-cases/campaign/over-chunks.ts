import { gather } from '#runtime/gather.ts';

/** Files of chunks that are read or written at a time. */
const chunksAtOnce = 16;

/** Does the same for each chunk of a run, some at a time; the answers are in the chunks' order. */
export function overChunks<Answer>(
  chunks: number | undefined,
  work: (chunk: number) => Promise<Answer>,
): Promise<Answer[]> {
  const numbers = Array.from({ length: chunks ?? 0 }, (_each, chunk) => chunk);
  return gather(numbers, chunksAtOnce, work);
}
