/** A function at work, by the id that its calls carry. */
export interface RunningInvocation {
  /** Construct id of the function. */
  readonly functionName: string;
  /** AWS calls that it made so far. */
  calls: number;
  /** Ends the function on the spot; its caller hears that the runtime exited. */
  crash(): void;
}

/** Functions at work. An invocation is known by the root of its trace, which every AWS SDK in Lambda sends along. */
export class Invocations {
  readonly #running = new Map<string, RunningInvocation>();
  readonly #crashed = new Set<string>();

  /** Tells of an invocation; the answer ends it. */
  begin(requestId: string, functionName: string, crash: () => void): () => void {
    const root = rootOf(requestId);
    const crashNow = (): void => {
      this.#crashed.add(root);
      crash();
    };
    this.#running.set(root, { functionName, calls: 0, crash: crashNow });
    return () => this.#running.delete(root);
  }

  /** Whether a request comes from beyond a crash: its thread has not ended yet, but must have no effect any more. */
  hasCrashed(header: string | string[] | undefined): boolean {
    return this.#crashed.has(rootIn(header));
  }

  /** The invocation that a request's `X-Amzn-Trace-Id` names, if it still runs. */
  byTrace(header: string | string[] | undefined): RunningInvocation | undefined {
    return this.#running.get(rootIn(header));
  }
}

/** The value of `_X_AMZN_TRACE_ID` for an invocation. */
export function traceOf(requestId: string): string {
  return `Root=${rootOf(requestId)};Sampled=0`;
}

function rootIn(header: string | string[] | undefined): string {
  return (typeof header === 'string' && /Root=(1-[0-9a-f]{8}-[0-9a-f]{24})/.exec(header)?.[1]) || '';
}

function rootOf(requestId: string): string {
  const hex = requestId.replaceAll('-', '');
  return `1-${hex.slice(0, 8)}-${hex.slice(8)}`;
}
