import { chunkOf, chunksFor } from '#domain/campaign/chunk-of.ts';
import { byCodeUnit } from '#domain/text/bounded-map.ts';
import type { CampaignDeps } from './campaign-deps.ts';
import { overChunks } from './over-chunks.ts';
import { changeRun, runOf } from './run-of.ts';

/** Cuts a run's audience into chunks by its customers' ids: the same audience into the same chunks. Counts it, once. */
export function cutAudience({ runs, files }: Pick<CampaignDeps, 'runs' | 'files'>) {
  return async ({ runId, manifest }: { readonly runId: string; readonly manifest: string }): Promise<void> => {
    const run = await runOf(runs, runId);
    // What was counted stays: a run that goes on must not find others in its chunks.
    if (run.chunks !== undefined) return;
    const audience = new Set<string>(run.customers ?? []);
    if (run.customers === undefined) for await (const customerId of files.audience(manifest)) audience.add(customerId);
    const chunks = chunksFor(audience.size);
    const byChunk = Map.groupBy([...audience].sort(byCodeUnit), (customerId) => chunkOf(customerId, chunks));
    await overChunks(chunks, (chunk) => files.putBatch(runId, chunk, byChunk.get(chunk) ?? []));
    await changeRun(runs, runId, (now) =>
      now.chunks === undefined ? { ...now, audience: audience.size, chunks } : undefined,
    );
    await tellChunks(runs, runId, chunks);
  };
}

/** Others find the contacts of a run by its chunks. */
async function tellChunks(runs: CampaignDeps['runs'], runId: string, chunks: number): Promise<void> {
  const own = (await runs.choosing()).find((each) => each.runId === runId);
  if (own !== undefined) await runs.enterChoice({ ...own, chunks });
}
