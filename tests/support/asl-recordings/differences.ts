import { isRecord } from '#local-cloud/cloud/record.ts';

/** An event as both sides have it. */
export interface AnyEvent {
  readonly id: number;
  readonly previousEventId: number;
  readonly type: string;
  readonly [member: string]: unknown;
}

/** Members that were dropped from the recordings, or that only a function of Python has. */
const dropped: ReadonlySet<string> = new Set([
  'SdkHttpMetadata',
  'SdkResponseMetadata',
  'requestId',
  'roleArn',
  'stackTrace',
  'timestamp',
]);
const documents: ReadonlySet<string> = new Set(['cause', 'input', 'output', 'parameters']);

/** Texts in a recording that stand for any of their kind. */
const anyText =
  /^(snf_role_arn|date|timestamp|start-date|stop-date|RequestId|x-amzn-RequestId|X-Amzn-Trace-Id|<date>|<Etag-.*>)$/;
const anyPart = /<(ArnPart|ExecArnPart|MapRunArnPart0|MapRunArnPart1)_\d+idx>|<uuid:\d+>/g;

/**
 * What differs between a recorded history and another one, empty when nothing does. Events are followed by the events that they
 * follow, so that branches and iterations may come in any order among each other; those that were recorded without ids are compared
 * without.
 */
export function differences(expected: readonly AnyEvent[], actual: readonly AnyEvent[]): readonly string[] {
  const left = [...actual];
  const missing: string[] = [];
  const paired = new Map<number, number>([[0, 0]]);
  for (const event of expected) {
    const index = left.findIndex((candidate) => matches(event, candidate, paired, expected));
    const [found] = index < 0 ? [] : left.splice(index, 1);
    if (found === undefined) missing.push(`recorded and not told: ${shown(event)}`);
    else if (event.id !== 0) paired.set(event.id, found.id);
  }
  const gaps = idGaps(expected);
  const extra = left.filter(({ id }) => !gaps.has(id)).map((event) => `told and not recorded: ${shown(event)}`);
  return [...missing, ...extra];
}

function matches(
  event: AnyEvent,
  candidate: AnyEvent,
  paired: ReadonlyMap<number, number>,
  expected: readonly AnyEvent[],
): boolean {
  if (event.type !== candidate.type || !same(detailsOf(event), detailsOf(candidate))) return false;
  // Recorded without its place.
  if (event.id === 0) return true;
  const previous = paired.get(event.previousEventId);
  if (previous === candidate.previousEventId) return true;
  if (previous === undefined) return !expected.some(({ id }) => id === event.previousEventId);
  return event.type === 'MapStateExited' && expected.some(({ type }) => type === 'MapRunStarted');
}

/** Ids that a recording leaves out where the recorder set others to 0: as many events are missing as ids are. */
function idGaps(expected: readonly AnyEvent[]): ReadonlySet<number> {
  const unplaced = expected.filter(({ id }) => id === 0).length;
  if (unplaced === 0) return new Set();
  const known = new Set(expected.map(({ id }) => id));
  const last = Math.max(...known);
  const absent = Array.from({ length: last }, (_, index) => index + 1).filter((id) => !known.has(id));
  return absent.length > unplaced ? new Set(absent) : new Set();
}

function detailsOf(event: AnyEvent): unknown {
  const { id: _, previousEventId: _previous, type: _type, ...details } = event;
  return plain(details);
}

/** The value without what is dropped, and with documents as what they hold. */
export function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (!isRecord(value)) return value;
  const members = Object.entries(value).filter(([name]) => !dropped.has(name));
  return Object.fromEntries(
    members.map(([name, member]) => {
      if (documents.has(name)) return [name, plain(parsed(member))];
      if (name === 'assignedVariables' && isRecord(member))
        return [name, plain(Object.fromEntries(Object.entries(member).map(([key, text]) => [key, parsed(text)])))];
      return [name, plain(name === 'Cause' ? parsed(member) : member)];
    }),
  );
}

/** The recorder parsed a text within a text too. */
function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return parsed(JSON.parse(value));
  } catch {
    return value;
  }
}

/** Whether a value is as recorded; what stands in the recording for any of its kind is any. */
export function same(expected: unknown, actual: unknown): boolean {
  if (typeof expected === 'string') {
    if (typeof actual !== 'string') return expected === actual;
    if (anyText.test(expected)) return true;
    if (expected.search(anyPart) < 0) return expected === actual;
    const pattern = expected
      .split(anyPart)
      .filter((_, index) => index % 2 === 0)
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('[^:/]+');
    return new RegExp(`^${pattern}$`).test(actual);
  }
  if (Array.isArray(expected)) {
    return (
      Array.isArray(actual) &&
      actual.length === expected.length &&
      expected.every((item, index) => same(item, actual[index]))
    );
  }
  if (!isRecord(expected)) return Object.is(expected, actual);
  if (!isRecord(actual)) return false;
  const names = new Set([...Object.keys(expected), ...Object.keys(actual)]);
  return [...names].every((name) => same(expected[name], actual[name]));
}

function shown(event: AnyEvent): string {
  return `${event.id} (after ${event.previousEventId}) ${event.type} ${JSON.stringify(detailsOf(event)).slice(0, 600)}`;
}
