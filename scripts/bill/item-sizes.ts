import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { type LocalCloud, localTarget, outputOf } from '../target.ts';
import type { ItemSizes } from './levers.ts';

const Item = z.object({ sk: z.object({ S: z.string() }), record: z.object({ B: z.instanceof(Uint8Array) }) });

/** Bytes of an item beside its record: names of its attributes, version, expiry, and a partition key of 45. */
const otherBytes = 45 + 'pkskversionrecordexpiresAt'.length + 2 + 6;

/** Mean sizes of the persona and day items in the customers table. */
export async function itemSizes(cloud: LocalCloud): Promise<ItemSizes> {
  const target = localTarget(cloud);
  const client = new DynamoDBClient(target.client);
  const bytes = { persona: [0, 0], day: [0, 0] };
  for await (const { Items = [] } of paginateScan({ client }, { TableName: outputOf(target, 'CustomersTableName') })) {
    for (const { sk, record } of Items.map((item) => Item.parse(item))) {
      const [kind] = sk.S.split('#');
      if (kind !== 'persona' && kind !== 'day') continue;
      const [count = 0, sum = 0] = bytes[kind];
      bytes[kind] = [count + 1, sum + otherBytes + sk.S.length + record.B.length];
    }
  }
  const mean = ([count = 0, sum = 0]: readonly number[]) => (count === 0 ? 0 : sum / count);
  return { persona: mean(bytes.persona), day: mean(bytes.day) };
}
