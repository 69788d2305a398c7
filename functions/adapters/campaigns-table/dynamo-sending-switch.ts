import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { keyAttributes } from '#adapters/dynamodb/read-items.ts';
import type { SendingSwitch } from '#ports/sending-switch.ts';
import { parse } from '#runtime/parse.ts';
import { sendingSwitchKey } from './keys.ts';

const SwitchItem = z.object({ stopped: z.boolean(), changedAt: z.string(), changedBy: z.string() });

/** The switch as one item of the campaigns table; nobody has thrown one that is not there. */
export function dynamoSendingSwitch(client: DynamoDBClient, table: string): SendingSwitch {
  return {
    async read() {
      const Key = keyAttributes(sendingSwitchKey);
      const { Item } = await client.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true }));
      return Item === undefined ? { stopped: false } : parse(SwitchItem, unmarshall(Item), 'The sending switch');
    },
    async set(state) {
      const Item = marshall({ ...sendingSwitchKey, ...state }, { removeUndefinedValues: true });
      await client.send(new PutItemCommand({ TableName: table, Item }));
    },
  };
}
