import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import type { CustomerOptions } from '#domain/allocation/customer-options.ts';

/** Customers and their options' names, of those of a chunk: each name once, and for each customer the list of its options' names. */
const ChunkNames = z.object({
  customers: z.array(z.string()),
  /** Lists of option ids, each once. */
  lists: z.array(z.array(z.string())),
  /** Which of them is a customer's. */
  listOf: z.array(z.number()),
});
type ChunkNames = z.output<typeof ChunkNames>;

/** What customers and options are called, in a temporary file: passes need no names, only what is written at the end does. */
export class PackedNames {
  readonly #directory = mkdtempSync(join(tmpdir(), 'lemniscate-allocate-'));
  readonly #file = openSync(join(this.#directory, 'names'), 'w+');
  readonly #ends: number[] = [];
  #waiting: ChunkNames = { customers: [], lists: [], listOf: [] };
  #places = new Map<string, number>();

  add({ customer, options }: CustomerOptions): void {
    const { customers, lists, listOf } = this.#waiting;
    const ids = options.map(({ id }) => id);
    const key = JSON.stringify(ids);
    const place = this.#places.get(key) ?? lists.length;
    if (place === lists.length) {
      lists.push(ids);
      this.#places.set(key, place);
    }
    customers.push(customer);
    listOf.push(place);
  }

  /** Ends a chunk: the customers since the last one. */
  endChunk(): void {
    const bytes = Buffer.from(JSON.stringify(this.#waiting));
    const at = this.#ends.at(-1) ?? 0;
    writeSync(this.#file, bytes, 0, bytes.length, at);
    this.#ends.push(at + bytes.length);
    this.#waiting = { customers: [], lists: [], listOf: [] };
    this.#places = new Map();
  }

  /** The names of a chunk. */
  read(chunk: number): ChunkNames {
    const begin = this.#ends[chunk - 1] ?? 0;
    const bytes = Buffer.alloc((this.#ends[chunk] ?? 0) - begin);
    for (let read = 0; read < bytes.length; )
      read += readSync(this.#file, bytes, read, bytes.length - read, begin + read);
    return ChunkNames.parse(JSON.parse(bytes.toString('utf8')));
  }

  close(): void {
    closeSync(this.#file);
    rmSync(this.#directory, { recursive: true, force: true });
  }
}
