import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { isPersona } from '#adapters/customers-table/keys.ts';
import { outputOf, type Target } from '#scripts/target/target.ts';

const Item = z.object({
  sk: z.object({ S: z.string() }),
  record: z.object({ B: z.instanceof(Uint8Array) }).optional(),
});

/** Bytes of an item beside its record: names of its attributes, version, and a partition key of 45. */
const otherBytes = 45 + 'pkskversionrecord'.length + 2;

/** How many personas have an item in the customers table, and its mean bytes. */
export async function meanPersonaBytes(target: Target): Promise<{ readonly personas: number; readonly bytes: number }> {
  const client = new DynamoDBClient(target.client);
  const sizes: number[] = [];
  for await (const { Items = [] } of paginateScan({ client }, { TableName: outputOf(target, 'CustomersTableName') })) {
    for (const { sk, record } of Items.map((item) => Item.parse(item))) {
      if (isPersona(sk.S)) sizes.push(otherBytes + sk.S.length + (record?.B.length ?? 0));
    }
  }
  client.destroy();
  return { personas: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) / Math.max(1, sizes.length) };
}
