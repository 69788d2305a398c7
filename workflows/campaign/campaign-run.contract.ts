import * as z from 'zod';

/** What an execution is started with, under the run's name. */
export const CampaignRunInput = z.strictObject({ runId: z.string().regex(/^[A-Za-z0-9_-]{1,80}$/) });
export type CampaignRunInput = z.infer<typeof CampaignRunInput>;

/** What `prepare-run` answers: the run as the workflow sees it. */
export const PreparedRun = z.object({
  runId: z.string(),
  dryRun: z.boolean(),
  query: z.string(),
  toleratedFailurePercent: z.number().min(0).max(100),
});

/** What `cut-audience` is asked: the manifest of the query's files, empty where there was no query. */
export const CutAudienceInput = z.object({ runId: z.string(), manifest: z.string() });

/** What the tasks of a map are asked: the file that the map lists, by its key, of a run. */
export const ChunkInput = z.object({ runId: z.string(), key: z.string() });

/** What `release-run` and `check-run` answer: whether it goes on, or in how many seconds to ask again. */
export const ReleaseAnswer = z.object({ isReleased: z.boolean(), waitSeconds: z.int().min(0) });
export const CheckAnswer = z.object({ isOver: z.boolean(), waitSeconds: z.int().min(0) });
