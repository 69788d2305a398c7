import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate } from 'node:timers/promises';

/** Stages a write in a group, and gives what is to be called when the group is committed. */
export type Stage<Group, Result> = (group: Group) => Promise<() => Result>;

type OnCommitted = (committed: Promise<void>) => void;

/**
 * Writes that come in the same turn of the event loop, or wait for their turn at the same time, share a commit, one after another
 * in a group: a disk is asked once for all of them. One that fails while it is staged fails alone; none is answered before its
 * group is committed.
 */
export function groupCommit<Group>(
  exclusively: (work: () => Promise<void>) => Promise<void>,
  begin: () => Group,
  commit: (group: Group) => Promise<void>,
): <Result>(stage: Stage<Group, Result>) => Promise<Result> {
  let waiting: ((group: Group) => Promise<OnCommitted>)[] = [];

  const commitWaiting = async (): Promise<void> => {
    // Also lets everybody else have a turn: a commit does not wait for anything.
    await setImmediate();
    const writes = waiting;
    waiting = [];
    const group = begin();
    const staged: OnCommitted[] = [];
    for (const write of writes) staged.push(await write(group));
    const committed = commit(group);
    for (const settle of staged) settle(committed);
    await committed;
  };

  return <Result>(stage: Stage<Group, Result>) => {
    const { promise, resolve, reject } = Promise.withResolvers<Result>();
    // In the context of its own call, whose meter it tells what it touches.
    const own = AsyncLocalStorage.bind(stage);
    waiting.push(async (group) => {
      try {
        const finish = await own(group);
        return (committed) => void committed.then(finish).then(resolve, reject);
      } catch (error) {
        reject(error);
        return () => {};
      }
    });
    if (waiting.length === 1) void exclusively(commitWaiting);
    return promise;
  };
}
