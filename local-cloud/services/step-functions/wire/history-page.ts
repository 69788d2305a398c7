import { stepFunctionsError } from '#local-cloud/services/step-functions/errors.ts';
import type { ExecutionStore } from '#local-cloud/services/step-functions/store/execution-store.ts';

/** A page has 100 events unless the caller says otherwise. */
const usualSize = 100;

/** What GetExecutionHistory answers. */
export function historyPage(
  store: ExecutionStore,
  asked: {
    readonly executionArn: string;
    readonly maxResults: number;
    readonly nextToken?: string | undefined;
    readonly reverseOrder: boolean;
  },
): Readonly<Record<string, unknown>> {
  const skip = asked.nextToken === undefined ? 0 : Number(asked.nextToken);
  if (!Number.isInteger(skip)) throw stepFunctionsError('InvalidToken', `Invalid Token: '${asked.nextToken}'`);
  const most = asked.maxResults === 0 ? usualSize : asked.maxResults;
  const events = store.history(asked.executionArn, { skip, most: most + 1, reverse: asked.reverseOrder });
  return {
    events: events.slice(0, most),
    ...(events.length > most ? { nextToken: String(skip + most) } : {}),
  };
}
