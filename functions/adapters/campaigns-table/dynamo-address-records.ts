import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { conditionalWrite, ifVersion } from '#adapters/dynamodb/conditional-write.ts';
import { keyAttributes } from '#adapters/dynamodb/read-items.ts';
import { AddressRecord, unknownAddress } from '#domain/channel/address-record.ts';
import type { AddressRecords } from '#ports/address-records.ts';
import { parse } from '#runtime/parse.ts';
import { addressKeyOf } from './keys.ts';

const AddressItem = z.object({ version: z.number(), record: AddressRecord });
/** What was only written to is forgotten when no cap counts it any more; a suppression stays. */
const keptSeconds = 400 * 86_400;

/** What is known of addresses: one item each, saved on its version. */
export function dynamoAddressRecords(client: DynamoDBClient, table: string): AddressRecords {
  return {
    async load(addressKey) {
      const Key = keyAttributes(addressKeyOf(addressKey));
      const { Item } = await client.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true }));
      if (Item === undefined) return { addressKey, version: 0, record: unknownAddress };
      return { addressKey, ...parse(AddressItem, unmarshall(Item), 'What is known of an address') };
    },

    save({ addressKey, version }, record, nowMs) {
      const isSuppressed = Object.keys(record.suppressions).length > 0;
      const item = {
        ...addressKeyOf(addressKey),
        version: version + 1,
        record,
        ...(isSuppressed ? {} : { expiresAt: Math.floor(nowMs / 1000) + keptSeconds }),
      };
      const Item = marshall(item, { removeUndefinedValues: true });
      const condition = ifVersion(version === 0 ? undefined : version);
      return conditionalWrite(client.send(new PutItemCommand({ TableName: table, Item, ...condition })));
    },
  };
}
