import * as z from 'zod';
import { itemBytes, parseAttributeMap } from '#infra/local/dynamodb/attribute-value.ts';
import { type BillingRule, chunksOf, type RanCall, type Usage } from '#infra/local/metering/usage.ts';

const writeUnitBytes = 1024;
const readUnitBytes = 4096;

const queried = z.looseObject({ Items: z.array(z.unknown()).default([]) });
const consistency = z.looseObject({ ConsistentRead: z.boolean().default(false) });
const batchRead = z.looseObject({ RequestItems: z.record(z.string(), consistency) });
const transaction = z.looseObject({ TransactItems: z.array(z.record(z.string(), z.unknown())) });

/**
 * On-demand request units. A write is counted by the larger of the item before and after it, per started KB, also when its
 * condition fails; a read per started 4 KB, half when eventually consistent, also when there is no item; both twice in a
 * transaction; a query by the sum of its items. No table here has an index, which would add writes of its own.
 * Source: developer guide, "DynamoDB read and write operations" and "Transactions: capacity management".
 */
export const dynamoDbRule: BillingRule = (call) => {
  switch (call.operation) {
    case 'PutItem':
    case 'UpdateItem':
    case 'DeleteItem':
    case 'BatchWriteItem':
      return writes(call, 1, [itemOf(call.input)]);
    case 'TransactWriteItems': {
      const attempted = transaction.parse(call.input).TransactItems.map(([...Object.values([])], index) => index);
      return transactWrites(call, attempted.length);
    }
    case 'GetItem':
      return reads([...sizes(call)], consistency.parse(call.input).ConsistentRead ? 1 : 0.5);
    case 'BatchGetItem':
      return batchReads(call);
    case 'TransactGetItems':
      return reads(sizes(call), 2);
    case 'Query':
    case 'Scan':
      return call.failure === undefined ? queries(call) : [];
    default:
      return [];
  }
};
