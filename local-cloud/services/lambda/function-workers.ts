import { randomUUID } from 'node:crypto';
import type { Writable } from 'node:stream';
import { Worker } from 'node:worker_threads';
import type { MovableClock } from '#local-cloud/cloud/clock.ts';
import type { Invocations } from '#local-cloud/faults/invocations.ts';
import type { InvocationTiming } from '#local-cloud/metering/invocation-usage.ts';
import { type Answer, answer, type Invocation, type WorkerSettings } from './messages.ts';
import { runtimeCode } from './runtime-code.ts';

/** A deployed function, as its template describes it. */
export interface LocalFunction {
  readonly name: string;
  /** Name that faults know it by: its construct's id. */
  readonly construct: string;
  readonly arn: string;
  readonly roleArn: string;
  readonly file: string;
  readonly exportName: string;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly isTraced: boolean;
  /** Whether Lambda's own lines about each invocation go into the log. */
  readonly logsInvocations: boolean;
}

/** Hears what of a function's work is billed. */
export interface FunctionMeter {
  ended(timing: InvocationTiming): void;
  wrote(chunk: Uint8Array): void;
}

type Outcome = Pick<Answer, 'payload' | 'failed'> & { readonly timing?: InvocationTiming };

/** Worker threads of one function. Each handles one invocation at a time and stays warm. */
export interface FunctionWorkers {
  invoke(payload: string): Promise<Pick<Answer, 'payload' | 'failed'>>;
  stop(): Promise<void>;
}

interface Thread {
  readonly worker: Worker;
  finish: ((outcome: Outcome) => void) | undefined;
}

// Two cores are what the smallest machine has; more threads would only take turns.
export const maximumThreads = 2;

/** No thread is started before the first invocation. */
export function createFunctionWorkers(
  fn: LocalFunction,
  clock: MovableClock,
  logs: readonly Writable[],
  invocations: Invocations,
  meter: FunctionMeter,
): FunctionWorkers {
  const idle: Thread[] = [];
  const threads = new Set<Thread>();
  const queue: ((thread: Thread) => void)[] = [];
  const abandoned = new Set<Thread>();
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
    const worker = new Worker(runtimeCode(), {
      eval: true,
      workerData,
      env: { ...fn.environment },
      stdout: true,
      stderr: true,
      execArgv: ['--enable-source-maps', '--disable-warning=ExperimentalWarning'],
      resourceLimits: { maxOldGenerationSizeMb: fn.memoryMb },
    });
    for (const stream of [worker.stdout, worker.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        for (const log of logs) log.write(chunk);
        meter.wrote(chunk);
      });
    }
    const thread: Thread = { worker, finish: undefined };
    threads.add(thread);
    worker.on('message', (message: unknown) => {
      // The answer of a thread that was given up; now it can end.
      if (!threads.has(thread)) {
        void worker.terminate();
        return;
      }
      const { payload, failed, timing } = answer.parse(message);
      const { finish } = thread;
      thread.finish = undefined;
      finish?.({ payload, failed, timing });
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
      const { promise, resolve } = Promise.withResolvers<Outcome>();
      thread.finish = resolve;
      const message: Invocation = {
        payload,
        requestId,
        functionName: fn.name,
        functionArn: fn.arn,
        memoryMb: fn.memoryMb,
        deadlineMs: clock.now() + fn.timeoutMs,
      };
      const end = invocations.begin(requestId, fn.construct, () => {
        // Its calls fail from now on. It ends with its answer, because Node aborts the whole process when a thread is
        // terminated while it makes a zlib stream ("close before init").
        lose(thread, { errorType: 'Runtime.ExitError', errorMessage: `RequestId: ${requestId} Error: Runtime exited` });
        abandoned.add(thread);
        thread.worker.once('exit', () => abandoned.delete(thread));
      });
      const startMs = performance.now();
      thread.worker.postMessage(message);
      const timer = setTimeout(() => {
        const seconds = (fn.timeoutMs / 1000).toFixed(2);
        const errorMessage = `RequestId: ${requestId} Error: Task timed out after ${seconds} seconds`;
        lose(thread, { errorType: 'Sandbox.Timedout', errorMessage });
        void thread.worker.terminate();
      }, fn.timeoutMs);
      const { payload: result, failed, timing } = await promise;
      clearTimeout(timer);
      end();
      // A thread that was lost told no time: its whole invocation counts.
      meter.ended(timing ?? { durationMs: performance.now() - startMs, cpuMs: 0, initMs: 0 });
      return { payload: result, failed };
    },
    async stop() {
      stopped = true;
      await Promise.all([...threads, ...abandoned].map(({ worker }) => worker.terminate()));
    },
  };
}
