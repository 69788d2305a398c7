import { closeSync, openSync, writeSync } from 'node:fs';
import type { AudienceChunk } from '#domain/allocation/audience-chunk.ts';
import type { PackedNames } from './packed-names.ts';

/** A file with a line for each customer who gets an option: `{"customer":"c1","option":"t1"}`, in the order of the problem. */
export class AssignmentsFile {
  readonly #file: number;
  readonly #names: PackedNames;
  #chunks = 0;

  constructor(path: string, names: PackedNames) {
    this.#file = openSync(path, 'w');
    this.#names = names;
  }

  write({ places }: AudienceChunk, options: Int32Array): void {
    const { customers, lists, listOf } = this.#names.read(this.#chunks++);
    const lines = customers.flatMap((customer, at) => {
      const chosen = options[at] ?? -1;
      if (chosen < 0) return [];
      const option = lists[listOf[at] ?? 0]?.[places[chosen] ?? 0];
      return [`${JSON.stringify({ customer, option })}\n`];
    });
    writeSync(this.#file, lines.join(''));
  }

  close(): void {
    closeSync(this.#file);
  }
}
