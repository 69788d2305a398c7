import type { LocalContext } from '#local-cloud/cloud/local-context.ts';
import { sqsError } from './errors.ts';
import type { Queue } from './queue.ts';

/** The queues of this cloud, and a way to hear of new messages. */
export interface Queues {
  add(queue: Queue): void;
  byUrl(url: string): Queue;
  byArn(arn: string): Queue;
  all(): readonly Queue[];
  urlOf(queue: Queue): string;
  /** URLs of those that hold messages, visible or not. */
  nonEmpty(): readonly string[];
  announce(queue: Queue): void;
  /** Calls the listener after something may have become receivable. Returns how to stop that. */
  onMessages(queueArn: string, listener: () => void): () => void;
}

/** Starts without any queue. */
export function createQueues({ clock, account, awsEndpoint }: LocalContext): Queues {
  const byName = new Map<string, Queue>();
  const listeners = new Map<string, Set<() => void>>();
  const wake = (arn: string) => {
    for (const listener of listeners.get(arn) ?? []) listener();
  };
  const named = (name: string): Queue => {
    const queue = byName.get(name);
    if (queue) return queue;
    throw sqsError('QueueDoesNotExist', `The specified queue does not exist: ${name}`);
  };
  const queues: Queues = {
    add: (queue) => byName.set(queue.settings.name, queue),
    byUrl: (url) => named(url.split('/').at(-1) ?? url),
    byArn: (arn) => named(arn.split(':').at(-1) ?? arn),
    all: () => [...byName.values()],
    urlOf: ({ settings }) => `${awsEndpoint}/${account}/${settings.name}`,
    nonEmpty() {
      const nowMs = clock.now();
      const holding = queues.all().filter((queue) => Object.values(queue.counts(nowMs)).some((count) => count > 0));
      return holding.map((queue) => queues.urlOf(queue));
    },
    announce: ({ settings }) => wake(settings.arn),
    onMessages(arn, listener) {
      const set = listeners.get(arn) ?? new Set();
      listeners.set(arn, set.add(listener));
      return () => set.delete(listener);
    },
  };
  return queues;
}
