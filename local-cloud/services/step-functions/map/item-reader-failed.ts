import { StateError } from '#local-cloud/services/step-functions/engine/state-error.ts';

/** What a map run fails with when its items can't be read. */
export function itemReaderFailed(reason: string): StateError {
  return new StateError('States.ItemReaderFailed', reason);
}
