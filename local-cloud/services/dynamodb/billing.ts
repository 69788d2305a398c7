import * as z from 'zod';
import type { TouchedItem } from '#local-cloud/metering/call-notes.ts';
import { type BillingRule, chunksOf, type RanCall, type Usage } from '#local-cloud/metering/usage.ts';
import { itemBytes, parseAttributeMap } from './attribute-value.ts';

const writeUnitBytes = 1024;
const readUnitBytes = 4096;

// Writes that these end are billed all the same.
const billedFailures = ['ConditionalCheckFailedException', 'TransactionCanceledException'];

const putInput = z.looseObject({ Item: z.unknown().optional() });
const consistency = z.looseObject({ ConsistentRead: z.boolean().default(false) });
const batchRead = z.looseObject({ RequestItems: z.record(z.string(), consistency) });
const transaction = z.looseObject({ TransactItems: z.array(z.looseObject({ Put: putInput.optional() })) });
const queried = z.looseObject({ Items: z.array(z.unknown()).default([]) });

/**
 * On-demand request units. A write is counted by the larger of the item before and after it, per started KB, also when its
 * condition fails; a read per started 4 KB, half when eventually consistent, also when there is no item; both twice in a
 * transaction; a query by the sum of its items. An index adds a write for each entry that comes, goes or changes, never doubled
 * (gsi.html, "Write capacity units").
 * Source: DynamoDB developer guide, "Read and write operations" (read-write-operations.html), "Condition expressions" and
 * "Managing complex workflows with transactions: capacity management" (transaction-apis.html).
 */
export const dynamoDbBilling: BillingRule = (call) => {
  const { operation, input, failure } = call;
  if (failure !== undefined && !billedFailures.includes(failure)) return [];
  switch (operation) {
    case 'PutItem':
    case 'UpdateItem':
    case 'DeleteItem':
    case 'BatchWriteItem':
      return writes(call, 1, () => [bytesOf(putInput.parse(input).Item)]);
    case 'TransactWriteItems': {
      const attempted = () => transaction.parse(input).TransactItems.map(({ Put }) => bytesOf(Put?.Item));
      // A token that is known already makes it a read of what the first call wrote.
      if (failure === undefined && call.notes.items.size === 0) return reads(attempted(), 2);
      return writes(call, 2, attempted);
    }
    case 'GetItem':
      return reads(found(call), consistency.parse(input).ConsistentRead ? 1 : 0.5);
    case 'BatchGetItem':
      return Object.entries(batchRead.parse(input).RequestItems).flatMap(([table, { ConsistentRead }]) =>
        reads(found(call, table), ConsistentRead ? 1 : 0.5),
      );
    case 'TransactGetItems':
      return reads(found(call), 2);
    case 'Query':
    case 'Scan': {
      // Whole items: nobody here asks with a filter or a projection, which would hide bytes that are billed.
      const bytes = queried.parse(call.output).Items.reduce<number>((sum, item) => sum + bytesOf(item), 0);
      return reads([bytes], consistency.parse(input).ConsistentRead ? 1 : 0.5);
    }
    default:
      return [];
  }
};

/** `attempted` tells the bytes of the items that a call which failed would have put. */
function writes({ notes, failure }: RanCall, factor: number, attempted: () => readonly number[]): readonly Usage[] {
  const refused = failure === undefined ? [] : attempted();
  const amount = [...notes.items.values()].reduce((units, { before, after }, index) => {
    return units + factor * chunksOf(Math.max(before, after, refused[index] ?? 0), writeUnitBytes);
  }, 0);
  const ofIndexes = [...notes.indexEntries.values()].reduce(
    (units, { before, after }) => units + chunksOf(Math.max(before, after), writeUnitBytes),
    0,
  );
  return [{ unit: 'write-request-units', amount: amount + ofIndexes }];
}

function reads(bytes: readonly number[], factor: number): readonly Usage[] {
  const amount = bytes.reduce((units, size) => units + factor * chunksOf(size, readUnitBytes), 0);
  return [{ unit: 'read-request-units', amount }];
}

function found({ notes }: RanCall, tableNameOrArn?: string): readonly number[] {
  const table = tableNameOrArn?.split('/').at(-1);
  const touched: readonly TouchedItem[] = [...notes.items.values()];
  return touched.filter((item) => table === undefined || item.table === table).map(({ before }) => before);
}

function bytesOf(item: unknown): number {
  return item === undefined ? 0 : itemBytes(parseAttributeMap(item));
}
