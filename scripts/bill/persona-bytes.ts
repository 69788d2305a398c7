import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { type LocalCloud, localTarget, outputOf } from '../target.ts';

const Bytes = z.object({ B: z.instanceof(Uint8Array) });
const Item = z.object({ sk: z.object({ S: z.string() }), record: Bytes, recent: Bytes.optional() });

/** Bytes of an item beside its records: names of its attributes, version, and a partition key of 45. */
const otherBytes = 45 + 'pkskversionrecordrecent'.length + 2;

/** Mean bytes of a persona's item in the customers table. */
export async function meanPersonaBytes(cloud: LocalCloud): Promise<number> {
  const target = localTarget(cloud);
  const client = new DynamoDBClient(target.client);
  const sizes: number[] = [];
  for await (const { Items = [] } of paginateScan({ client }, { TableName: outputOf(target, 'CustomersTableName') })) {
    for (const { sk, record, recent } of Items.map((item) => Item.parse(item))) {
      if (sk.S.startsWith('persona#')) sizes.push(otherBytes + sk.S.length + record.B.length + (recent?.B.length ?? 0));
    }
  }
  return sizes.reduce((sum, size) => sum + size, 0) / Math.max(1, sizes.length);
}
