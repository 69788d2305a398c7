import * as z from 'zod';
import { type BillingRule, chunksOf } from '#local-cloud/metering/usage.ts';

const chunkBytes = 64 * 1024;

const message = z.looseObject({ MessageBody: z.string().default(''), MessageAttributes: z.unknown().optional() });
const sendBatch = z.looseObject({ Entries: z.array(message) });
const received = z.looseObject({ Messages: z.array(z.looseObject({ Body: z.string() })).default([]) });

/**
 * SQS: every API call is a request, an empty receive too, and counts once per started 64 KB of the messages that it carries;
 * up to ten messages share a call. Source: SQS pricing page. What EventBridge sends is billed to the queue's owner too.
 */
export const sqsBilling: BillingRule = ({ operation, input, output, failure }) => {
  if (failure !== undefined) return [];
  return [{ unit: 'requests', amount: chunksOf(carriedBytes(operation, input, output), chunkBytes) }];
};

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
