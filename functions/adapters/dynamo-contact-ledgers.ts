import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  TransactionConflictException,
} from '@aws-sdk/client-dynamodb';
import type { ContactLedgers } from '#ports';
import { contactsSort, ledgerOf, putOfLedger } from './contact-ledger-items.ts';
import { customerPartition } from './persona-items.ts';

/** Contact ledgers in the customers table: one item a customer, one consistent GetItem to load, one conditional PutItem to save. */
export function dynamoContactLedgers(client: DynamoDBClient, table: string): ContactLedgers {
  return {
    async load(customerId) {
      const { Item } = await client.send(
        new GetItemCommand({
          TableName: table,
          Key: { pk: { S: customerPartition(customerId) }, sk: { S: contactsSort } },
          ConsistentRead: true,
        }),
      );
      return ledgerOf(customerId, Item);
    },

    async reserve(before, ledger, nowMs) {
      try {
        await client.send(new PutItemCommand({ TableName: table, ...putOfLedger(before, ledger, nowMs) }));
        return 'saved';
      } catch (error) {
        // A transaction that regroups ledgers holds the item just then: as good as somebody having written first.
        const isConflict =
          error instanceof ConditionalCheckFailedException || error instanceof TransactionConflictException;
        if (isConflict) return 'conflict';
        throw error;
      }
    },
  };
}
