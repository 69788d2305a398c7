import * as z from 'zod';
import { type BillingRule, chunksOf } from './usage.ts';

const chunkBytes = 64 * 1024;
const firehoseStepBytes = 5 * 1024;
// PutEvents charges this much for an entry that carries a time.
const timeBytes = 14;

const busEntry = z.looseObject({
  Source: z.string().default(''),
  DetailType: z.string().default(''),
  Detail: z.string().default(''),
  Resources: z.array(z.string()).default([]),
  Time: z.unknown().optional(),
});
const putEvents = z.looseObject({ Entries: z.array(busEntry) });
const putEventsAnswer = z.looseObject({ Entries: z.array(z.looseObject({ ErrorCode: z.string().optional() })) });

/**
 * EventBridge: each accepted entry counts once per started 64 KB; deliveries to targets in the account are free; what
 * archives keep counts by the byte. Source: EventBridge pricing page, user guide "PutEvents event entry size".
 */
export const eventBridgeRule: BillingRule = ({ operation, input, output, failure, notes }) => {
  if (operation !== 'PutEvents' || failure !== undefined) return [];
  const results = putEventsAnswer.parse(output).Entries;
  const accepted = putEvents.parse(input).Entries.filter((_, index) => results[index]?.ErrorCode === undefined);
  const chunks = accepted.reduce((sum, entry) => sum + chunksOf(entryBytes(entry), chunkBytes), 0);
  return [
    { unit: 'event-chunks', amount: chunks },
    { unit: 'archived-bytes', amount: notes.archivedBytes },
  ];
};

const message = z.looseObject({ MessageBody: z.string().default(''), MessageAttributes: z.unknown().optional() });
const sendBatch = z.looseObject({ Entries: z.array(message) });
const received = z.looseObject({ Messages: z.array(z.looseObject({ Body: z.string() })).default([]) });

/**
 * SQS: every API call is a request, an empty receive too, and counts once per started 64 KB of the messages that it carries;
 * up to ten messages share a call. Source: SQS pricing page. What EventBridge sends is billed to the queue's owner too.
 */
export const sqsRule: BillingRule = ({ operation, input, output, failure }) => {
  if (failure !== undefined) return [];
  return [{ unit: 'requests', amount: chunksOf(carriedBytes(operation, input, output), chunkBytes) }];
};

const data = z.union([z.instanceof(Uint8Array).transform(({ length }) => length), z.string().transform(base64Bytes)]);
const record = z.looseObject({ Data: data });
const putRecord = z.looseObject({ Record: record });
const putRecordBatch = z.looseObject({ Records: z.array(record) });

/**
 * Firehose, direct put: each record is rounded up to 5 KB, and conversion to Parquet is billed by the same bytes. Every stream
 * of the template converts. Source: Firehose pricing page ("Direct PUT", "Format conversion").
 */
export const firehoseRule: BillingRule = ({ operation, input, failure }) => {
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

function entryBytes({ Source, DetailType, Detail, Resources, Time }: z.infer<typeof busEntry>): number {
  const texts = [Source, DetailType, Detail, ...Resources];
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), Time === undefined ? 0 : timeBytes);
}

function carriedBytes(operation: string, input: unknown, output: unknown): number {
  switch (operation) {
    case 'SendMessage':
      return messageBytes(message.parse(input));
    case 'SendMessageBatch':
      return sendBatch.parse(input).Entries.reduce((sum, entry) => sum + messageBytes(entry), 0);
    case 'ReceiveMessage':
      return received.parse(output).Messages.reduce((sum, { Body }) => sum + Buffer.byteLength(Body), 0);
    default:
      return 0;
  }
}

function messageBytes({ MessageBody, MessageAttributes }: z.infer<typeof message>): number {
  const attributes = MessageAttributes === undefined ? 0 : Buffer.byteLength(JSON.stringify(MessageAttributes));
  return Buffer.byteLength(MessageBody) + attributes;
}

function base64Bytes(text: string): number {
  return Buffer.byteLength(text, 'base64');
}
