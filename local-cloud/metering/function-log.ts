import * as z from 'zod';

/** What CloudWatch Logs adds to each event: API reference of PutLogEvents. Whether it is billed is said nowhere; it is counted. */
export const logEventBytes = 26;

/** Called with the bytes of each log event, and with the names of metrics when it is in embedded metric format. */
export type OnLogEvent = (bytes: number, metrics: readonly string[]) => void;

const embedded = z.looseObject({
  _aws: z.looseObject({
    CloudWatchMetrics: z.array(
      z.looseObject({
        Namespace: z.string(),
        Dimensions: z.array(z.array(z.string())),
        Metrics: z.array(z.looseObject({ Name: z.string() })),
      }),
    ),
  }),
});

/** Reads a function's output as it comes, in pieces, into log events: one a line; what is not JSON is wrapped as Lambda does it. */
export function createLogReader(onEvent: OnLogEvent): (chunk: Uint8Array) => void {
  let rest = '';
  return (chunk) => {
    const lines = (rest + Buffer.from(chunk).toString('utf8')).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line === '') continue;
      const wrapping = line.startsWith('{') ? 0 : wrappingBytes;
      onEvent(Buffer.byteLength(line) + wrapping + logEventBytes, metricsIn(line));
    }
  };
}

/** Bytes of the two events that Lambda itself logs about an invocation in JSON at level INFO, its default: start and report. */
export function systemLogBytes(isTraced: boolean): number {
  const lines = [start, report].map((record) => JSON.stringify(isTraced ? { ...record, tracing } : record));
  return lines.reduce((sum, line) => sum + Buffer.byteLength(line) + envelopeBytes + logEventBytes, 0);
}

// Samples in the form of the Lambda developer guide, "Lambda Telemetry API Event schema reference".
const requestId = '6d68ca91-49c9-448d-89b8-7ca3e6dc66aa';
// In the JSON log format the runtime makes this of `console.warn('…')`.
const wrappingBytes = JSON.stringify({
  timestamp: '2026-01-01T00:00:00.000Z',
  level: 'WARN',
  requestId,
  message: '',
}).length;
const tracing = {
  spanId: '54565fb41ac79632',
  type: 'X-Amzn-Trace-Id',
  value: 'Root=1-62e900b2-710d76f009d6e7785905449a;Parent=0efbd19962d95b05;Sampled=0',
};
const start = { requestId, version: '$LATEST' };
const report = {
  requestId,
  metrics: { durationMs: 12.345, billedDurationMs: 13, memorySizeMB: 512, maxMemoryUsedMB: 123 },
  status: 'success',
};
const envelopeBytes = JSON.stringify({ time: '2026-01-01T00:00:00.000Z', type: 'platform.report', record: '' }).length;

function metricsIn(line: string): readonly string[] {
  if (!line.includes('"CloudWatchMetrics"')) return [];
  const values = z.record(z.string(), z.unknown()).parse(JSON.parse(line));
  const { CloudWatchMetrics } = embedded.parse(values)._aws;
  return CloudWatchMetrics.flatMap(({ Namespace, Dimensions, Metrics }) =>
    Dimensions.flatMap((names) => {
      const dimensions = names.map((name) => `${name}=${String(values[name])}`).join(',');
      return Metrics.map(({ Name }) => `${Namespace}/${Name}{${dimensions}}`);
    }),
  );
}
