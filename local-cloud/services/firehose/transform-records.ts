import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import type { CloudContext } from '#local-cloud/cloud/service.ts';
import type { FailedRecord, StreamRecord } from './stream-record.ts';
import type { TransformSettings } from './stream-settings.ts';

export interface Transformed {
  readonly delivered: readonly StreamRecord[];
  readonly failed: readonly FailedRecord[];
}

/** Lambda's limit for a request and an answer. */
const payloadBytes = 6 * 1024 * 1024;

const transformAnswer = z.object({
  records: z.array(
    z.object({
      recordId: z.string(),
      result: z.enum(['Ok', 'Dropped', 'ProcessingFailed']),
      data: z.string().optional(),
    }),
  ),
});
const invoked = z.object({ FunctionError: z.string().optional(), Payload: z.instanceof(Uint8Array).optional() });

/** Sends records through the stream's function, in batches of the processor's size. */
export async function transformRecords(
  context: CloudContext,
  streamArn: string,
  transform: TransformSettings,
  records: readonly StreamRecord[],
): Promise<Transformed> {
  const delivered: StreamRecord[] = [];
  const failed: FailedRecord[] = [];
  for (const batch of batches(records, transform.batchBytes)) {
    const result = await transformBatch(context, streamArn, transform, batch);
    delivered.push(...result.delivered);
    failed.push(...result.failed);
  }
  return { delivered, failed };
}

function batches(records: readonly StreamRecord[], bytes: number): readonly (readonly StreamRecord[])[] {
  const made: StreamRecord[][] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const record of records) {
    if (size + record.data.length > bytes) {
      made.push([]);
      size = 0;
    }
    made.at(-1)?.push(record);
    size += record.data.length;
  }
  return made;
}

async function transformBatch(
  context: CloudContext,
  streamArn: string,
  transform: TransformSettings,
  batch: readonly StreamRecord[],
): Promise<Transformed> {
  const fail = (records: readonly StreamRecord[], errorCode: string, errorMessage: string, attempts: number) => ({
    delivered: [],
    failed: records.map((record) => ({ ...record, errorCode, errorMessage, attempts })),
  });
  let lastError = '';
  for (let attempt = 0; attempt <= transform.retries; attempt += 1) {
    try {
      const results = await invoke(context, streamArn, transform, batch);
      return settle(batch, results, attempt + 1);
    } catch (error) {
      lastError = error instanceof Error ? error.message : String(error);
    }
  }
  return fail(batch, 'Lambda.FunctionError', lastError, transform.retries + 1);
}

async function invoke(
  context: CloudContext,
  streamArn: string,
  transform: TransformSettings,
  batch: readonly StreamRecord[],
): Promise<z.infer<typeof transformAnswer>['records']> {
  const event = {
    invocationId: randomUUID(),
    deliveryStreamArn: streamArn,
    region: context.region,
    records: batch.map(({ recordId, arrivalMs, data }) => ({
      recordId,
      approximateArrivalTimestamp: arrivalMs,
      data: Buffer.from(data).toString('base64'),
    })),
  };
  const { FunctionError: fault, Payload: payload } = invoked.parse(
    await context.call(context.roleOf(transform.roleArn), 'lambda', 'Invoke', {
      FunctionName: transform.functionArn,
      Payload: Buffer.from(JSON.stringify(event)),
    }),
  );
  const text = Buffer.from(payload ?? []).toString('utf8');
  if (fault !== undefined) throw new Error(`The function failed: ${text}`);
  if (text.length > payloadBytes)
    throw new Error(`The function's answer has ${text.length} bytes, the limit is ${payloadBytes}`);
  return transformAnswer.parse(JSON.parse(text)).records;
}

function settle(
  batch: readonly StreamRecord[],
  results: z.infer<typeof transformAnswer>['records'],
  attempts: number,
): Transformed {
  const byId = new Map(results.map((result) => [result.recordId, result]));
  const delivered: StreamRecord[] = [];
  const failed: FailedRecord[] = [];
  for (const record of batch) {
    const result = byId.get(record.recordId);
    if (result?.result === 'Dropped') continue;
    if (result?.result === 'Ok' && result.data !== undefined) {
      delivered.push({ ...record, data: Buffer.from(result.data, 'base64') });
    } else {
      const [errorCode, errorMessage] =
        result === undefined
          ? ['Lambda.MissingRecordId', 'One or more record Ids were not returned.']
          : ['Lambda.ProcessingFailedStatus', 'ProcessingFailed status set for record'];
      failed.push({ ...record, errorCode, errorMessage, attempts });
    }
  }
  return { delivered, failed };
}
