import {
  type DynamoDBClient,
  PutItemCommand,
  type PutItemCommandInput,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { isConflict } from './is-conflict.ts';

/** What became of a write with a condition: `conflict` when somebody else wrote first, or writes just now. */
export async function conditionalWrite(write: Promise<unknown>): Promise<'saved' | 'conflict'> {
  try {
    await write;
    return 'saved';
  } catch (error) {
    if (isConflict(error)) return 'conflict';
    throw error;
  }
}

/** Puts items on their conditions, all or nothing: by one PutItem, or when they are several by a transaction, which costs twice. */
export function putTogether(
  client: DynamoDBClient,
  puts: readonly PutItemCommandInput[],
): Promise<'saved' | 'conflict'> {
  const [only, ...others] = puts;
  return conditionalWrite(
    only !== undefined && others.length === 0
      ? client.send(new PutItemCommand(only))
      : client.send(new TransactWriteItemsCommand({ TransactItems: puts.map((Put) => ({ Put })) })),
  );
}

/** The condition that an item is not there. */
export const ifAbsent = { ConditionExpression: 'attribute_not_exists(pk)' };

/** The condition that an item has the version that was read or, when there was none, is not there. */
export function ifVersion(before: number | undefined) {
  return before === undefined
    ? ifAbsent
    : { ConditionExpression: 'version = :before', ExpressionAttributeValues: { ':before': { N: String(before) } } };
}
