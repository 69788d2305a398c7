/** An event of an execution's history, as GetExecutionHistory gives it. `timestamp` is in epoch seconds. */
export interface HistoryEvent {
  readonly id: number;
  readonly previousEventId: number;
  readonly timestamp: number;
  readonly type: string;
  readonly [details: `${string}EventDetails`]: Readonly<Record<string, unknown>>;
}

/** The member that an event's details stand under: those of all kinds of states share two. */
export function detailsMember(type: string): `${string}EventDetails` {
  if (type.endsWith('StateEntered')) return 'stateEnteredEventDetails';
  if (type.endsWith('StateExited')) return 'stateExitedEventDetails';
  return `${type.charAt(0).toLowerCase()}${type.slice(1)}EventDetails`;
}

/** A JSON document in an event: its text, and that all of it is there. */
export function document<Name extends string>(name: Name, value: unknown): Readonly<Record<string, unknown>> {
  return { [name]: JSON.stringify(value), [`${name}Details`]: { truncated: false } };
}
