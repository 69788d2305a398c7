import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { conditionalWrite } from '#adapters/dynamodb/conditional-write.ts';
import { keyAttributes } from '#adapters/dynamodb/read-items.ts';
import type { ContactLedgers } from '#ports/contact-ledgers.ts';
import { ledgerOf, putOfLedger } from './contact-ledger-items.ts';
import { contactsKey } from './keys.ts';

/** Contact ledgers in the customers table: one item a customer, one consistent GetItem to load, one conditional PutItem to save. */
export function dynamoContactLedgers(client: DynamoDBClient, table: string): ContactLedgers {
  return {
    async load(customerId) {
      const { Item } = await client.send(
        new GetItemCommand({
          TableName: table,
          Key: keyAttributes(contactsKey(customerId)),
          ConsistentRead: true,
        }),
      );
      return ledgerOf(customerId, Item);
    },

    reserve: (before, ledger, nowMs) =>
      conditionalWrite(client.send(new PutItemCommand({ TableName: table, ...putOfLedger(before, ledger, nowMs) }))),
  };
}
