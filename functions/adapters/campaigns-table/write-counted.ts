import {
  type DynamoDBClient,
  PutItemCommand,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
} from '@aws-sdk/client-dynamodb';
import { ifAbsent } from '#adapters/dynamodb/conditional-write.ts';
import { isConflict } from '#adapters/dynamodb/is-conflict.ts';
import { keyAttributes } from '#adapters/dynamodb/read-items.ts';
import type { Contact } from '#domain/campaign/contact.ts';
import { tallyChanges } from '#domain/campaign/tally.ts';
import { CampaignContendedError } from '#runtime/errors.ts';
import { fullJitter, untilSettled } from '#runtime/retry.ts';
import { contactItem } from './contact-items.ts';
import { chunkKey } from './keys.ts';

/** A contact as it is to become; absent `before` is one that must not be there yet. */
export interface ContactChange {
  readonly before?: Contact;
  readonly after: Contact;
}

/** A transaction has 100 items, one of which are the counts. */
export const mostTogether = 99;
const attempts = 12;

/**
 * Writes changes of contacts of one chunk, {@link mostTogether} at most, with the chunk's counts in one transaction: counts are those
 * of the contacts at any time. Answers the changes that were not made, because their contact is no longer what it was.
 */
export async function writeCounted(
  client: DynamoDBClient,
  table: string,
  changes: readonly ContactChange[],
  pause = fullJitter(20, 500),
): Promise<ReadonlySet<ContactChange>> {
  const stale = new Set<ContactChange>();
  const settled = await untilSettled(attempts, pause, async () => {
    const fresh = changes.filter((change) => !stale.has(change));
    const [first] = fresh;
    if (first === undefined) return 'done';
    try {
      await write(client, table, fresh, first.after);
      return 'done';
    } catch (error) {
      if (!isConflict(error)) throw error;
      for (const change of refusedOf(error, fresh)) stale.add(change);
      return 'conflict';
    }
  });
  if (settled === 'conflict')
    throw new CampaignContendedError(`Contacts of a run changed under ${attempts} attempts to settle them`);
  return stale;
}

function write(
  client: DynamoDBClient,
  table: string,
  changes: readonly ContactChange[],
  { runId, chunk }: Contact,
): Promise<unknown> {
  const puts = changes.map((change) => ({ TableName: table, Item: contactItem(change.after), ...asItWas(change) }));
  const counts = [...tallyChanges(changes)];
  const [only] = puts;
  // What changes no count needs no transaction, which costs twice.
  if (only !== undefined && puts.length === 1 && counts.length === 0) return client.send(new PutItemCommand(only));
  const items: TransactWriteItem[] = puts.map((Put) => ({ Put }));
  if (counts.length > 0) {
    items.push({
      Update: {
        TableName: table,
        Key: keyAttributes(chunkKey(runId, chunk)),
        UpdateExpression: `ADD ${counts.map((_, index) => `#n${index} :n${index}`).join(', ')}`,
        ExpressionAttributeNames: Object.fromEntries(counts.map(([name], index) => [`#n${index}`, name])),
        ExpressionAttributeValues: Object.fromEntries(
          counts.map(([, sum], index) => [`:n${index}`, { N: String(sum) }]),
        ),
      },
    });
  }
  return client.send(new TransactWriteItemsCommand({ TransactItems: items }));
}

function asItWas({ before }: ContactChange) {
  if (before === undefined) return ifAbsent;
  return {
    ConditionExpression: '#state = :state AND attempts = :attempts AND changedAtMs = :changedAtMs',
    ExpressionAttributeNames: { '#state': 'state' },
    ExpressionAttributeValues: {
      ':state': { S: before.state },
      ':attempts': { N: String(before.attempts) },
      ':changedAtMs': { N: String(before.changedAtMs) },
    },
  };
}

/** The changes whose conditions failed; a write alone was refused for its own, a conflict of transactions passes. */
function refusedOf(error: unknown, changes: readonly ContactChange[]): readonly ContactChange[] {
  if (!(error instanceof TransactionCanceledException)) {
    return error instanceof Error && error.name === 'ConditionalCheckFailedException' ? changes : [];
  }
  const reasons = error.CancellationReasons ?? [];
  return changes.filter((_, index) => reasons[index]?.Code === 'ConditionalCheckFailed');
}
