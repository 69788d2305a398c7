import { createInterface } from 'node:readline/promises';
import type { Readable, Writable } from 'node:stream';

/** Where somebody can be asked; without `isTTY` on both nobody is there. */
export interface Terminal {
  readonly input: Readable & { readonly isTTY?: boolean };
  readonly output: Writable & { readonly isTTY?: boolean };
}

/** Asks whether items may go. Throws an Error that says what to do when nobody can be asked, or the answer is no. */
export async function confirmDeletes(count: number, { input, output }: Terminal): Promise<void> {
  const these = count === 1 ? 'one item' : `${count} items`;
  if (input.isTTY !== true || output.isTTY !== true) {
    throw new Error(
      `This would delete ${these}, and without a terminal nobody can be asked: say --yes if they shall go, or pull first to keep them. Nothing was changed.`,
    );
  }
  const asker = createInterface({ input, output });
  try {
    const answer = await asker.question(`Delete ${these}? Only "yes" does: `);
    if (answer.trim().toLowerCase() !== 'yes') throw new Error('Nothing was changed.');
  } finally {
    asker.close();
  }
}
