import * as z from 'zod';
import { type BillingRule, chunksOf } from '#local-cloud/metering/usage.ts';

const firehoseStepBytes = 5 * 1024;

const data = z.union([z.instanceof(Uint8Array).transform(({ length }) => length), z.string().transform(base64Bytes)]);
const record = z.looseObject({ Data: data });
const putRecord = z.looseObject({ Record: record });
const putRecordBatch = z.looseObject({ Records: z.array(record) });

/**
 * Firehose, direct put: each record is rounded up to 5 KB, and conversion to Parquet is billed by the same bytes. Every stream
 * of the template converts. Source: Firehose pricing page ("Direct PUT", "Format conversion").
 */
export const firehoseBilling: BillingRule = ({ operation, input, failure }) => {
  if (failure !== undefined) return [];
  const sizes =
    operation === 'PutRecord'
      ? [putRecord.parse(input).Record.Data]
      : operation === 'PutRecordBatch'
        ? putRecordBatch.parse(input).Records.map(({ Data }) => Data)
        : [];
  const amount = sizes.reduce((sum, bytes) => sum + firehoseStepBytes * chunksOf(bytes, firehoseStepBytes), 0);
  return [
    { unit: 'ingested-bytes', amount },
    { unit: 'converted-bytes', amount },
  ];
};

function base64Bytes(text: string): number {
  return Buffer.byteLength(text, 'base64');
}
