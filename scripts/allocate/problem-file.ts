import * as z from 'zod';
import { AllocationProblemError } from '#domain/allocation/allocation-problem-error.ts';
import { ChunkPacker } from '#domain/allocation/chunk-packer.ts';
import { type CustomerOptions, readCustomerOptions } from '#domain/allocation/customer-options.ts';
import { resourcesOf } from '#domain/allocation/resource.ts';
import { plainWords } from '#domain/vocabulary/plain-words.ts';
import { linesOf } from './lines-of.ts';
import { PackedAudience } from './packed-audience.ts';
import type { PackedNames } from './packed-names.ts';
import { SeenNames } from './seen-names.ts';

const Head = z.object({ limits: z.record(z.string(), z.number().min(0)) });

/** So many customers are packed into a chunk: with 20 options each, some 2 MB. */
const customersAChunk = 4096;

/** Reads a problem once, line by line, and keeps it packed. Throws an Error that names the line of a mistake. */
export function readProblem(path: string, names: PackedNames | undefined): PackedAudience {
  const lines = linesOf(path);
  const first = lines.next();
  const resources = at(path, 1, () => {
    const head = first.done === true ? undefined : Head.safeParse(jsonOf(first.value), { error: plainWords });
    if (head?.data === undefined)
      throw new AllocationProblemError(
        `expected the limits, {"limits":{"budget":1000}}${head === undefined ? '' : `: ${z.prettifyError(head.error)}`}`,
      );
    return resourcesOf(head.data.limits);
  });
  const packer = new ChunkPacker(resources);
  const audience = new PackedAudience(resources);
  const endChunk = () => {
    audience.add(packer.take());
    names?.endChunk();
  };
  try {
    const seen = new SeenNames();
    let line = 1;
    for (const text of lines) {
      line += 1;
      if (text.trim() === '') continue;
      at(path, line, () => {
        const customer = readCustomerOptions(jsonOf(text));
        if (seen.add(customer.customer)) refuseSecond(path, line, customer);
        packer.add(customer);
        names?.add(customer);
      });
      if (packer.waiting === customersAChunk) endChunk();
    }
    endChunk();
    audience.size = packer.size;
    return audience;
  } catch (error) {
    audience.close();
    throw error;
  }
}

/** Does what can go wrong for a line. */
function at<Result>(path: string, line: number, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    if (error instanceof AllocationProblemError) throw new Error(`${path}:${line}: ${error.message}`, { cause: error });
    throw error;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AllocationProblemError(`this is not JSON: ${error instanceof Error ? error.message : error}`, {
      cause: error,
    });
  }
}

/** Looks for the line in which a customer stood before, if it did. */
function refuseSecond(path: string, line: number, { customer }: CustomerOptions): void {
  let before = 0;
  for (const text of linesOf(path)) {
    before += 1;
    if (before === line) return;
    if (before > 1 && text.trim() !== '' && readCustomerOptions(jsonOf(text)).customer === customer)
      throw new AllocationProblemError(`customer ${customer} stands in line ${before} already`);
  }
}
