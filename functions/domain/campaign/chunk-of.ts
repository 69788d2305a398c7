import { hash32 } from '#domain/text/stable-hash.ts';

/** Customers of a chunk, about: their decisions are recorded together, and a task decides for them within seconds. */
const customersOfChunk = 100;

/** How many chunks an audience is cut into. */
export function chunksFor(audience: number): number {
  return Math.ceil(audience / customersOfChunk);
}

/** The chunk that a customer of a run is in: whoever knows the run knows it, so that one campaign finds another's contact. */
export function chunkOf(customerId: string, chunks: number): number {
  return hash32(`chunk ${customerId}`) % chunks;
}
