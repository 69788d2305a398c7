import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import * as z from 'zod';
import { traceOf } from '#local-cloud/faults/invocations.ts';
import { type Answer, type Invocation, invocation, workerSettings } from './messages.ts';
import { shiftDate } from './shift-date.ts';

const settings = workerSettings.parse(workerData);
shiftDate(settings.clockOffset);

type Handler = (event: unknown, context: unknown) => unknown;
const isHandler = (value: unknown): value is Handler => typeof value === 'function';

const startedAt = performance.now();
let initMs = 0;
const loading: Promise<unknown> = import(pathToFileURL(settings.file).href).finally(() => {
  initMs = performance.now() - startedAt;
});
// A bundle that fails to load is reported by the first invocation, not as an unhandled rejection.
loading.catch(() => undefined);

parentPort?.on('message', async (message: unknown) => {
  parentPort?.postMessage(await answerTo(invocation.parse(message)));
});

async function answerTo(call: Invocation): Promise<Answer> {
  await loading.catch(() => undefined);
  const startMs = performance.now();
  const cpu = process.threadCpuUsage();
  const outcome = await outcomeOf(call);
  const { user, system } = process.threadCpuUsage(cpu);
  const timing = { durationMs: performance.now() - startMs, cpuMs: (user + system) / 1000, initMs };
  initMs = 0;
  return { ...outcome, timing };
}

async function outcomeOf(call: Invocation): Promise<Omit<Answer, 'timing'>> {
  const { requestId } = call;
  // As Lambda does; AWS SDKs send it along.
  process.env._X_AMZN_TRACE_ID = traceOf(requestId);
  try {
    const exported = z.record(z.string(), z.unknown()).parse({ ...z.looseObject({}).parse(await loading) });
    const handler = exported[settings.exportName];
    if (!isHandler(handler)) throw new TypeError(`${settings.file} has no function ${settings.exportName}`);
    const result = await handler(JSON.parse(call.payload), contextOf(call));
    return { requestId, payload: JSON.stringify(result ?? null), failed: false };
  } catch (error) {
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    const report = { errorType: name, errorMessage: message, trace: stack?.split('\n') ?? [] };
    console.error(JSON.stringify({ level: 'ERROR', requestId, ...report }));
    return { requestId, payload: JSON.stringify(report), failed: true };
  }
}

function contextOf({ requestId, functionName, functionArn, memoryMb, deadlineMs }: Invocation) {
  return {
    awsRequestId: requestId,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: functionArn,
    memoryLimitInMB: String(memoryMb),
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadlineMs - Date.now()),
  };
}
