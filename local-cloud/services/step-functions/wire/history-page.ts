import type * as z from 'zod';
import type { ExecutionStore } from '#local-cloud/services/step-functions/store/execution-store.ts';
import { paged, type pageInput } from './page.ts';

/** What GetExecutionHistory answers. */
export function historyPage(
  store: ExecutionStore,
  {
    executionArn,
    reverseOrder,
    ...page
  }: z.infer<typeof pageInput> & {
    readonly executionArn: string;
    readonly reverseOrder: boolean;
  },
): Readonly<Record<string, unknown>> {
  const { items, nextToken } = paged(page, (skip, most) =>
    store.history(executionArn, { skip, most, reverse: reverseOrder }),
  );
  return { events: items, ...nextToken };
}
