import { FirehoseClient, PutRecordBatchCommand } from '@aws-sdk/client-firehose';
import { DeleteObjectCommand, GetObjectCommand, paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { parseJson } from '#shared/parse.ts';
import { outputOf, type Target } from '../target.ts';

/** Where a delivery stream puts records that its transform or its conversion did not take, after their retries. */
const streams = {
  'errors/interactions/': 'InteractionsStreamName',
  'errors/rejected_interactions/': 'RejectedInteractionsStreamName',
  'errors/identity_links/': 'IdentityLinksStreamName',
  'errors/decisions/': 'DecisionsStreamName',
  'errors/dispositions/': 'DispositionsStreamName',
};

/** A line of such an object. `rawData` is the record as it came into the stream. */
const FailedRecord = z.object({ rawData: z.base64() });

/** PutRecordBatch takes 500 records and 4 MB. */
const largestBatch = { records: 500, bytes: 4_000_000 };

/**
 * Puts the records under the lake's `errors/` into their delivery streams again, and then deletes the object that kept
 * them. Gives their number. Run twice at a time it delivers some of them twice, which has no second effect.
 */
export async function undelivered(target: Target): Promise<number> {
  const s3 = new S3Client(target.client);
  const firehose = new FirehoseClient(target.client);
  const Bucket = outputOf(target, 'LakeBucketName');
  let sent = 0;
  for (const [Prefix, output] of Object.entries(streams)) {
    for await (const { Contents = [] } of paginateListObjectsV2({ client: s3 }, { Bucket, Prefix })) {
      for (const { Key } of Contents) {
        const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
        const lines = ((await Body?.transformToString()) ?? '').split('\n').filter((line) => line !== '');
        const records = lines.map((line) => parseJson(FailedRecord, line, `A line of ${Key}`).rawData);
        for (const batch of batches(records)) await put(firehose, outputOf(target, output), batch);
        await s3.send(new DeleteObjectCommand({ Bucket, Key }));
        sent += records.length;
      }
    }
  }
  s3.destroy();
  firehose.destroy();
  return sent;
}

async function put(firehose: FirehoseClient, DeliveryStreamName: string, batch: readonly string[]): Promise<void> {
  const Records = batch.map((data) => ({ Data: Buffer.from(data, 'base64') }));
  const { FailedPutCount = 0 } = await firehose.send(new PutRecordBatchCommand({ DeliveryStreamName, Records }));
  if (FailedPutCount > 0) throw new Error(`${FailedPutCount} records were not taken; run it again`);
}

function batches(records: readonly string[]): string[][] {
  const made: string[][] = [];
  let bytes = 0;
  for (const record of records) {
    const batch = made.at(-1);
    bytes += record.length;
    if (batch && batch.length < largestBatch.records && bytes <= largestBatch.bytes) batch.push(record);
    else {
      made.push([record]);
      bytes = record.length;
    }
  }
  return made;
}
