import type { Scope } from './scope.ts';

/**
 * Where an execution goes on that is redriven: what succeeded stays, the states that failed or were aborted are tried again with all
 * their retries, in the place where they were entered.
 */
export function redrivenScopes(scopes: readonly Scope[]): readonly Scope[] {
  return scopes.map((scope) => {
    if (scope.outcome?.kind === 'succeeded') return scope;
    const { outcome: _, visit, ...rest } = scope;
    if (visit === undefined) return rest;
    const { task, token: _token, waitUntilMs, retryCount, ...kept } = visit;
    return {
      ...rest,
      visit: {
        ...kept,
        retries: [],
        ...(retryCount === undefined ? {} : { retryCount: 0 }),
        // Of a task only what it gave is kept; of a wait, until when.
        ...(task?.result === undefined ? {} : { task }),
        ...(waitUntilMs === undefined || retryCount !== undefined ? {} : { waitUntilMs }),
      },
    };
  });
}
