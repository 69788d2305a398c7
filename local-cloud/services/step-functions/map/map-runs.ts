import { stepFunctionsError } from '#local-cloud/services/step-functions/errors.ts';
import type { ExecutionStore } from '#local-cloud/services/step-functions/store/execution-store.ts';
import type { StoredMapRun } from './stored-map-run.ts';

/** What of a map run can be changed while it runs. */
export type MapRunChange = Partial<
  Pick<StoredMapRun, 'maxConcurrency' | 'toleratedFailureCount' | 'toleratedFailurePercentage'>
>;

/** The map runs of this cloud, and a way to hear when one is changed from outside. */
export interface MapRuns {
  /** Throws when there is none of that ARN. */
  byArn(arn: string): StoredMapRun;
  save(mapRun: StoredMapRun, items?: readonly unknown[]): void;
  change(arn: string, change: MapRunChange): void;
  onChange(arn: string, listener: () => void): () => void;
}

export function createMapRuns(store: ExecutionStore): MapRuns {
  const listeners = new Map<string, () => void>();
  const byArn = (arn: string): StoredMapRun => {
    const mapRun = store.mapRun(arn);
    if (mapRun === undefined) throw stepFunctionsError('ResourceNotFound', `Resource not found: '${arn}'`);
    return mapRun;
  };
  return {
    byArn,
    save: (mapRun, items) => store.saveMapRun(mapRun, items),
    change(arn, change) {
      store.saveMapRun({ ...byArn(arn), ...change });
      listeners.get(arn)?.();
    },
    onChange(arn, listener) {
      listeners.set(arn, listener);
      return () => listeners.delete(arn);
    },
  };
}
