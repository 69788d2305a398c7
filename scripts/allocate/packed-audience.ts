import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AudienceChunk } from '#domain/allocation/audience-chunk.ts';
import { type AudienceSize, emptySize } from '#domain/allocation/audience-size.ts';
import type { Resource } from '#domain/allocation/resource.ts';
import type { AllocationAudience } from '#use-cases/campaign/allocate.ts';
import { bytesOfChunk, chunkOfBytes } from './chunk-bytes.ts';

/** Chunks are kept in memory up to here, and in a temporary file beyond. */
const mostBytesInMemory = 2 ** 27;

/** The customers of a problem's file in the form in which passes read them. */
export class PackedAudience implements AllocationAudience {
  readonly resources: readonly Resource[];
  size: AudienceSize = emptySize;
  readonly #directory = mkdtempSync(join(tmpdir(), 'lemniscate-allocate-'));
  readonly #file = openSync(join(this.#directory, 'audience'), 'w+');
  readonly #inMemory: AudienceChunk[] = [];
  /** Where each of the other chunks ends in the file. */
  readonly #ends: number[] = [];
  #bytesInMemory = 0;

  constructor(resources: readonly Resource[]) {
    this.resources = resources;
  }

  add(chunk: AudienceChunk): void {
    const bytes = bytesOfChunk(chunk);
    if (this.#bytesInMemory + bytes.length <= mostBytesInMemory) {
      this.#inMemory.push(chunk);
      this.#bytesInMemory += bytes.length;
    } else {
      const at = this.#ends.at(-1) ?? 0;
      writeSync(this.#file, bytes, 0, bytes.length, at);
      this.#ends.push(at + bytes.length);
    }
  }

  *chunks(from: number): Generator<AudienceChunk> {
    yield* this.#inMemory.slice(from);
    const first = Math.max(0, from - this.#inMemory.length);
    let begin = this.#ends[first - 1] ?? 0;
    for (const end of this.#ends.slice(first)) {
      const bytes = new Uint8Array(end - begin);
      for (let read = 0; read < bytes.length; )
        read += readSync(this.#file, bytes, read, bytes.length - read, begin + read);
      yield chunkOfBytes(bytes);
      begin = end;
    }
  }

  close(): void {
    closeSync(this.#file);
    rmSync(this.#directory, { recursive: true, force: true });
  }
}
