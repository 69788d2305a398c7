import * as z from 'zod';
import { Channel } from '#domain/vocabulary/channel.ts';

/** A run that may send: it has chosen, is not paused, not cancelled and not over. */
export const OpenRun = z.object({ runId: z.string(), campaignId: z.string(), channels: z.array(Channel) });
export type OpenRun = z.infer<typeof OpenRun>;
