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

  /** Tells of an invocation; the answer ends it. */
  begin(requestId: string, functionName: string, crash: () => void): () => void {
    this.#running.set(rootOf(requestId), { functionName, calls: 0, crash });
    return () => this.#running.delete(rootOf(requestId));
  }

  /** The invocation that a request's `X-Amzn-Trace-Id` names, if it still runs. */
  byTrace(header: string | string[] | undefined): RunningInvocation | undefined {
    const root = typeof header === 'string' ? /Root=(1-[0-9a-f]{8}-[0-9a-f]{24})/.exec(header)?.[1] : undefined;
    return root === undefined ? undefined : this.#running.get(root);
  }
}

/** The value of `_X_AMZN_TRACE_ID` for an invocation. */
export function traceOf(requestId: string): string {
  return `Root=${rootOf(requestId)};Sampled=0`;
}

function rootOf(requestId: string): string {
  const hex = requestId.replaceAll('-', '');
  return `1-${hex.slice(0, 8)}-${hex.slice(8)}`;
}
