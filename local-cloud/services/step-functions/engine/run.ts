import type { Engine } from './engine.ts';
import type { Execution } from './execution.ts';
import { detailsMember, type HistoryEvent } from './history-event.ts';
import type { Scope } from './scope.ts';

/** The cloud stops; what an execution would do next it does when the cloud is started again. */
export class SuspendedError extends Error {
  override readonly name = 'SuspendedError';
}

/** An execution at work: its history, and where it stands. Both are stored by `commit`, together. */
export interface Run {
  readonly engine: Engine;
  readonly execution: Execution;
  /** The scope of this path as it was stored, if it was. */
  scope(path: string): Scope | undefined;
  /** Stores the scope with the next commit. */
  save(scope: Scope): void;
  /** Drops the scope, and all below it. */
  forget(path: string): void;
  /** Adds an event to the history; answers its id. */
  record(type: string, previousEventId: number, details?: Readonly<Record<string, unknown>>): number;
  /** Stores what was recorded and saved since the last time. Throws `SuspendedError` when the cloud stops. */
  commit(): void;
}

/** An execution that goes on where its scopes stand. */
export function createRun(engine: Engine, execution: Execution, scopes: readonly Scope[]): Run {
  const known = new Map(scopes.map((scope) => [scope.path, scope]));
  const changed = new Set<Scope>();
  const forgotten = new Set<string>();
  let events: HistoryEvent[] = [];
  return {
    engine,
    execution,
    scope: (path) => known.get(path),
    save(scope) {
      known.set(scope.path, scope);
      changed.add(scope);
    },
    forget(path) {
      forgotten.add(path);
      for (const scope of known.values()) {
        if (scope.path !== path && !scope.path.startsWith(`${path}/`)) continue;
        known.delete(scope.path);
        changed.delete(scope);
      }
    },
    record(type, previousEventId, details) {
      execution.lastEventId++;
      events.push({
        id: execution.lastEventId,
        previousEventId,
        timestamp: engine.context.clock.now() / 1000,
        type,
        ...(details === undefined ? {} : { [detailsMember(type)]: details }),
      });
      return execution.lastEventId;
    },
    commit() {
      if (engine.isStopped) throw new SuspendedError();
      engine.store.save({ execution, events, scopes: changed, forgotten });
      events = [];
      changed.clear();
      forgotten.clear();
    },
  };
}
