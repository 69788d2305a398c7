import * as z from 'zod';
import { inputReader } from '#local-cloud/cloud/input-reader.ts';
import type { Operation } from '#local-cloud/cloud/service.ts';
import type { DynamoDbService } from '#local-cloud/services/dynamodb/service.ts';
import type { StreamRecord } from '#local-cloud/services/dynamodb/stream-log.ts';
import type { Table } from '#local-cloud/services/dynamodb/table.ts';
import { streamsError } from './errors.ts';

/** Limits of one GetRecords answer, from the API reference. */
const maximumRecords = 1000;
const maximumBytes = 1024 * 1024;

/** A stream has one shard here, which never closes. */
const shardId = 'shardId-00000000000000000001-local';

const iteratorInput = z.looseObject({
  StreamArn: z.string(),
  ShardId: z.string(),
  ShardIteratorType: z.enum(['TRIM_HORIZON', 'LATEST', 'AT_SEQUENCE_NUMBER', 'AFTER_SEQUENCE_NUMBER']),
  SequenceNumber: z.string().optional(),
});
const recordsInput = z.looseObject({
  ShardIterator: z.string(),
  Limit: z.number().int().min(1).max(maximumRecords).default(maximumRecords),
});
/** What an iterator says: read the records after this sequence number. */
const position = z.object({ streamArn: z.string(), after: z.string() });

const parse = inputReader((faults) => streamsError('ValidationException', faults));

/** Reads the records that the tables wrote; the IAM actions carry DynamoDB's prefix. */
export function streamOperations({ store, log }: DynamoDbService): Readonly<Record<string, Operation>> {
  const streamed = (): readonly Table[] =>
    store
      .tableNames()
      .map(store.table)
      .filter((table) => table.stream !== undefined);
  const tableOf = (streamArn: string): Table => {
    const found = streamed().find((table) => table.stream?.arn === streamArn);
    if (found === undefined)
      throw streamsError('ResourceNotFoundException', `Requested resource not found: Stream: ${streamArn} not found`);
    return found;
  };

  const operations: Record<string, Operation> = {
    DescribeStream: {
      permissions: (input) => on('DescribeStream', String(input.StreamArn)),
      run: async (input) => {
        const { name, schema, stream, createdMs } = tableOf(String(input.StreamArn));
        return {
          StreamDescription: {
            StreamArn: stream?.arn,
            StreamLabel: stream?.label,
            StreamStatus: 'ENABLED',
            StreamViewType: stream?.viewType,
            CreationRequestDateTime: createdMs / 1000,
            TableName: name,
            KeySchema: schema.KeySchema,
            Shards: [{ ShardId: shardId, SequenceNumberRange: { StartingSequenceNumber: '100000000000000000001' } }],
          },
        };
      },
    },
    GetRecords: {
      permissions: (input) => on('GetRecords', readPosition(parse(recordsInput, input).ShardIterator).streamArn),
      run: async (input) => {
        const { ShardIterator: iterator, Limit: limit } = parse(recordsInput, input);
        const { streamArn, after } = readPosition(iterator);
        const records = upToBytes(log.after(tableOf(streamArn), after, limit));
        const last = records.at(-1)?.dynamodb.SequenceNumber ?? after;
        return { Records: records, NextShardIterator: writePosition({ streamArn, after: last }) };
      },
    },
    GetShardIterator: {
      permissions: (input) => on('GetShardIterator', String(input.StreamArn)),
      run: async (input) => {
        const { StreamArn: streamArn, ...asked } = parse(iteratorInput, input);
        tableOf(streamArn);
        if (asked.ShardId !== shardId)
          throw streamsError('ResourceNotFoundException', `Requested resource not found: Shard: ${asked.ShardId}`);
        return { ShardIterator: writePosition({ streamArn, after: startAfter(asked, log.head) }) };
      },
    },
    ListStreams: {
      permissions: () => on('ListStreams', '*'),
      run: async (input) => ({
        Streams: streamed()
          .filter((table) => input.TableName === undefined || input.TableName === table.name)
          .map(({ name, stream }) => ({ StreamArn: stream?.arn, StreamLabel: stream?.label, TableName: name })),
      }),
    },
  };
  return operations;
}

function on(operation: string, arn: string): readonly [{ readonly action: string; readonly resources: string[] }] {
  return [{ action: `dynamodb:${operation}`, resources: [arn] }];
}

function startAfter(
  {
    ShardIteratorType: type,
    SequenceNumber: sequence,
  }: Pick<z.infer<typeof iteratorInput>, 'ShardIteratorType' | 'SequenceNumber'>,
  head: string,
): string {
  switch (type) {
    case 'TRIM_HORIZON':
      return '';
    case 'LATEST':
      return head;
    case 'AFTER_SEQUENCE_NUMBER':
      return given(sequence);
    case 'AT_SEQUENCE_NUMBER':
      return (BigInt(given(sequence)) - 1n).toString();
  }
}

function given(sequence: string | undefined): string {
  if (sequence !== undefined && /^\d{21,40}$/.test(sequence)) return sequence;
  throw streamsError('ValidationException', 'SequenceNumber must be 21 to 40 digits for this ShardIteratorType');
}

/** At least one record, and no more than the answer may hold. */
function upToBytes(records: readonly StreamRecord[]): readonly StreamRecord[] {
  let bytes = 0;
  const end = records.findIndex((record, index) => {
    bytes += record.dynamodb.SizeBytes;
    return index > 0 && bytes > maximumBytes;
  });
  return end === -1 ? records : records.slice(0, end);
}

function writePosition(at: z.infer<typeof position>): string {
  return Buffer.from(JSON.stringify(at)).toString('base64url');
}

function readPosition(iterator: string): z.infer<typeof position> {
  try {
    return position.parse(JSON.parse(Buffer.from(iterator, 'base64url').toString()));
  } catch (cause) {
    throw streamsError('ValidationException', 'Invalid ShardIterator', { cause: String(cause) });
  }
}
