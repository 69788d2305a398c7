import { GetItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
import { putOfLedger } from '#adapters/customers-table/contact-ledger-items.ts';
import { emptyLedger } from '#domain/contact-policy/contact-ledger.ts';
import { regroupLedgers } from '#domain/contact-policy/regroup-ledgers.ts';
import type { ContactLedgers } from '#ports/contact-ledgers.ts';
import type { TestTable } from './local-dynamodb.ts';

/** Which customer each persona is of, kept in a table, with changes that take the contact ledgers along. */
export interface RegroupedCustomers {
  /** Customer of a persona and all of that customer's personas; its own when nothing says otherwise. */
  of(personaId: string): Promise<{ readonly customerId: string; readonly personas: readonly string[] }>;
  /** Moves all personas to their customers in one transaction; false when somebody wrote meanwhile. */
  regroup(customerOfPersona: ReadonlyMap<string, string>, nowMs: number): Promise<boolean>;
}

/** Keeps the grouping as the identity graph does: a pointer item a persona, written in one transaction with the ledgers. */
export function regroupedCustomers({ client, name }: TestTable, ledgers: ContactLedgers): RegroupedCustomers {
  const key = (personaId: string) => ({ pk: { S: `customer#${personaId}` }, sk: { S: 'persona!identity' } });

  async function pointer(personaId: string) {
    const { Item } = await client.send(
      new GetItemCommand({ TableName: name, Key: key(personaId), ConsistentRead: true }),
    );
    const customerId = Item?.customer?.S ?? personaId;
    const personas = Item?.personas?.SS ?? [personaId];
    return { personaId, customerId, personas, version: Number(Item?.version?.N ?? 0) };
  }

  return {
    of: pointer,

    async regroup(customerOfPersona, nowMs) {
      const pointers = await Promise.all([...customerOfPersona.keys()].map(pointer));
      const customerIds = new Set([...customerOfPersona.values(), ...pointers.map(({ customerId }) => customerId)]);
      const stored = await Promise.all([...customerIds].map((customerId) => ledgers.load(customerId)));
      const before = new Map(
        stored.map(({ customerId, ledger }) => {
          const personas = pointers.filter((one) => one.customerId === customerId).map(({ personaId }) => personaId);
          return [customerId, ledger ?? emptyLedger(personas)] as const;
        }),
      );
      const after = regroupLedgers(before, customerOfPersona);
      const puts = [
        ...stored.map((one) => ({
          TableName: name,
          ...putOfLedger(one, after.get(one.customerId) ?? emptyLedger([]), nowMs),
        })),
        ...pointers.map(({ personaId, version }) => {
          const customerId = customerOfPersona.get(personaId) ?? personaId;
          const personas = [...customerOfPersona].flatMap(([id, customer]) => (customer === customerId ? [id] : []));
          return {
            TableName: name,
            Item: {
              ...key(personaId),
              customer: { S: customerId },
              personas: { SS: personas },
              version: { N: String(version + 1) },
            },
            ConditionExpression: 'attribute_not_exists(pk) OR version = :before',
            ExpressionAttributeValues: { ':before': { N: String(version) } },
          };
        }),
      ];
      try {
        await client.send(new TransactWriteItemsCommand({ TransactItems: puts.map((Put) => ({ Put })) }));
        return true;
      } catch (error) {
        if (error instanceof Error && error.name === 'TransactionCanceledException') return false;
        throw error;
      }
    },
  };
}
