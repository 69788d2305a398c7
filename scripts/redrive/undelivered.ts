import { FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import { DeleteObjectCommand, GetObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { parseJson } from '#runtime/parse.ts';
import { inWords } from '#scripts/run/run-script.ts';
import { deadLetterRoutes } from '#scripts/target/dead-letter-routes.ts';
import { outputOf, type Target } from '#scripts/target/target.ts';
import { recordAgain } from './record-again.ts';

/**
 * A line of what Firehose writes under an error prefix, whatever the error: `rawData` is the record that failed. See "Handle
 * failure in data transformation" and "Handling errors for data format conversion" in its guide.
 */
const FailedRecord = z.object({ rawData: z.base64() });

/** PutRecordBatch takes 500 records and 4 MB. */
const largestBatch = { records: 500, bytes: 4_000_000 };

/** What came of a look at the lake's `errors/`. */
export interface Redriven {
  readonly sent: number;
  /** Objects that hold something else than records, and stay: their keys, and why. */
  readonly kept: readonly { readonly key: string; readonly reason: unknown }[];
}

/**
 * Puts the records under the lake's `errors/` into their delivery streams again, and then deletes the object that kept
 * them. Run twice at a time it delivers some of them twice, which has no second effect.
 */
export async function undelivered(target: Target): Promise<Redriven> {
  const s3 = new S3Client(target.client);
  const firehose = new FirehoseClient(target.client);
  const Bucket = outputOf(target, 'LakeBucketName');
  const kept: { key: string; reason: unknown }[] = [];
  let sent = 0;
  const streams = deadLetterRoutes(target).flatMap((route) =>
    route.kind === 'delivery-streams' ? Object.entries(route.streamOf) : [],
  );
  for (const [table, stream] of streams) {
    const Prefix = `errors/${table}/`;
    for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket, Prefix })) {
      for (const { Key = '' } of Contents) {
        const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
        const records = recordsIn(Key, (await Body?.transformToString()) ?? '');
        if (records.kind === 'unreadable') {
          kept.push({ key: Key, reason: records.reason });
          continue;
        }
        for (const batch of batches(records.records)) await put(firehose, stream, batch);
        await s3.send(new DeleteObjectCommand({ Bucket, Key }));
        sent += records.records.length;
      }
    }
  }
  s3.destroy();
  firehose.destroy();
  return { sent, kept };
}

/** All records of an object, or none: what is left out would be deleted with the object. */
function recordsIn(
  key: string,
  text: string,
): { kind: 'records'; records: readonly string[] } | { kind: 'unreadable'; reason: unknown } {
  try {
    const lines = text.split('\n').filter((line) => line !== '');
    const records = lines.flatMap((line) => {
      const { rawData } = parseJson(FailedRecord, line, `A line of ${key}`);
      return recordAgain(Buffer.from(rawData, 'base64').toString('utf8'));
    });
    return { kind: 'records', records };
  } catch (error) {
    return { kind: 'unreadable', reason: inWords(error) };
  }
}

async function put(firehose: FirehoseClient, DeliveryStreamName: string, batch: readonly string[]): Promise<void> {
  const Records = batch.map((record) => ({ Data: Buffer.from(record, 'utf8') }));
  const { FailedPutCount = 0 } = await firehose.send(new PutRecordBatchCommand({ DeliveryStreamName, Records }));
  if (FailedPutCount > 0) throw new Error(`${FailedPutCount} records were not taken; run it again`);
}

function batches(records: readonly string[]): string[][] {
  const made: string[][] = [];
  let bytes = 0;
  for (const record of records) {
    const batch = made.at(-1);
    const size = Buffer.byteLength(record);
    bytes += size;
    if (batch && batch.length < largestBatch.records && bytes <= largestBatch.bytes) batch.push(record);
    else {
      made.push([record]);
      bytes = size;
    }
  }
  return made;
}
