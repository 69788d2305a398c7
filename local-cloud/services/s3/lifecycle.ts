import * as z from 'zod';
import { dayMs } from '#local-cloud/cloud/clock.ts';
import type { ObjectStore } from './object-store.ts';

/** A bucket's lifecycle as the template says it; only expiry by age has an effect here. */
export const lifecycleConfiguration = z.object({
  Rules: z.array(
    z.object({
      Status: z.enum(['Enabled', 'Disabled']),
      Prefix: z.string().default(''),
      ExpirationInDays: z.coerce.number().optional(),
    }),
  ),
});

export type LifecycleRules = z.infer<typeof lifecycleConfiguration>['Rules'];

/** Deletes objects that are past their days, counted like S3 to the midnight (UTC) after. */
export async function expireObjects(
  store: ObjectStore,
  bucket: string,
  rules: LifecycleRules,
  nowMs: number,
): Promise<void> {
  for (const { Status: status, Prefix: prefix, ExpirationInDays: days } of rules) {
    if (status !== 'Enabled' || days === undefined) continue;
    for (const key of await store.keys(bucket, prefix)) {
      const head = await store.head(bucket, key);
      if (head !== undefined && Math.ceil((head.lastModifiedMs + days * dayMs) / dayMs) * dayMs <= nowMs)
        await store.delete(bucket, key);
    }
  }
}
