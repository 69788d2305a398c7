import { randomUUID } from 'node:crypto';
import type { Writable } from 'node:stream';
import { Worker } from 'node:worker_threads';
import type { MovableClock } from '#infra/local/clock.ts';
import { type Answer, answer, type Invocation, type WorkerSettings } from '#infra/local/lambda/messages.ts';

/** A deployed function, as its template describes it. */
export interface LocalFunction {
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string;
  readonly file: string;
  readonly exportName: string;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
}

/** Worker threads of one function. Each handles one invocation at a time and stays warm. */
export interface FunctionWorkers {
  invoke(payload: string): Promise<Omit<Answer, 'requestId'>>;
  stop(): Promise<void>;
}

interface Thread {
  readonly worker: Worker;
  finish: ((outcome: Omit<Answer, 'requestId'>) => void) | undefined;
}

// Two cores are what the smallest machine has; more threads would only take turns.
export const maximumThreads = 2;

/** No thread is started before the first invocation. */
export function createFunctionWorkers(fn: LocalFunction, clock: MovableClock, log: Writable): FunctionWorkers {
  const idle: Thread[] = [];
  const threads = new Set<Thread>();
  const queue: ((thread: Thread) => void)[] = [];
  let stopped = false;

  const release = (thread: Thread): void => {
    const next = queue.shift();
    if (next) next(thread);
    else idle.push(thread);
  };
  const lose = (thread: Thread, payload: object): void => {
    if (!threads.delete(thread)) return;
    const position = idle.indexOf(thread);
    if (position >= 0) idle.splice(position, 1);
    thread.finish?.({ failed: true, payload: JSON.stringify(payload) });
    const next = stopped ? undefined : queue.shift();
    if (next) next(start());
  };
  const start = (): Thread => {
    const workerData: WorkerSettings = { file: fn.file, exportName: fn.exportName, clockOffset: clock.offset };
    const worker = new Worker(new URL('./runtime.ts', import.meta.url), {
      workerData,
      env: { ...fn.environment },
      stdout: true,
      stderr: true,
      execArgv: ['--enable-source-maps', '--disable-warning=ExperimentalWarning'],
      resourceLimits: { maxOldGenerationSizeMb: fn.memoryMb },
    });
    worker.stdout.pipe(log, { end: false });
    worker.stderr.pipe(log, { end: false });
    const thread: Thread = { worker, finish: undefined };
    threads.add(thread);
    worker.on('message', (message: unknown) => {
      const { payload, failed } = answer.parse(message);
      const { finish } = thread;
      thread.finish = undefined;
      finish?.({ payload, failed });
      release(thread);
    });
    const exited = (reason: string) => () => lose(thread, { errorType: 'Runtime.ExitError', errorMessage: reason });
    worker.on('error', (error) => exited(String(error))());
    worker.on('exit', exited('Runtime exited'));
    return thread;
  };
  const acquire = async (): Promise<Thread> => {
    const thread = idle.pop();
    if (thread) return thread;
    if (threads.size < maximumThreads) return start();
    return new Promise((resolve) => queue.push(resolve));
  };

  return {
    async invoke(payload) {
      const thread = await acquire();
      const requestId = randomUUID();
      const { promise, resolve } = Promise.withResolvers<Omit<Answer, 'requestId'>>();
      thread.finish = resolve;
      const message: Invocation = {
        payload,
        requestId,
        functionName: fn.name,
        functionArn: fn.arn,
        memoryMb: fn.memoryMb,
        deadlineMs: clock.now() + fn.timeoutMs,
      };
      thread.worker.postMessage(message);
      const timer = setTimeout(() => {
        const seconds = (fn.timeoutMs / 1000).toFixed(2);
        const errorMessage = `RequestId: ${requestId} Error: Task timed out after ${seconds} seconds`;
        lose(thread, { errorType: 'Sandbox.Timedout', errorMessage });
        void thread.worker.terminate();
      }, fn.timeoutMs);
      return promise.finally(() => clearTimeout(timer));
    },
    async stop() {
      stopped = true;
      await Promise.all([...threads].map(({ worker }) => worker.terminate()));
    },
  };
}
