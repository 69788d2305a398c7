import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { queryPartition } from '#adapters/dynamodb/query-partition.ts';
import { keyAttributes } from '#adapters/dynamodb/read-items.ts';
import { claimedContact, settledContact } from '#domain/campaign/settled-contact.ts';
import type { Tally } from '#domain/campaign/tally.ts';
import type { Contacts } from '#ports/contacts.ts';
import { chunksOf } from '#runtime/chunks-of.ts';
import { gather } from '#runtime/gather.ts';
import { parse } from '#runtime/parse.ts';
import { contactIn } from './contact-items.ts';
import {
  chunkOfSort,
  chunkPrefix,
  contactKey,
  contactOfKey,
  contactPartition,
  contactSortPrefix,
  dueIndex,
  queuesOf,
  runPartition,
} from './keys.ts';
import { mostTogether, writeCounted } from './write-counted.ts';

/** Chunks that are settled at a time. */
const width = 8;

const ChunkItem = z.object({ pk: z.string(), sk: z.string() }).catchall(z.number());
const DueItem = z.object({ pk: z.string(), sk: z.string(), dueAtMs: z.number() });

/** Contacts in the campaigns table: an item each, and one of counts a chunk, which change in one transaction. */
export function dynamoContacts(client: DynamoDBClient, table: string): Contacts {
  const itemsOf = (pk: string, prefix: string) => queryPartition(client, table, pk, prefix);

  const ofChunk: Contacts['ofChunk'] = async (runId, chunk) =>
    (await itemsOf(contactPartition(runId, chunk), contactSortPrefix)).map(contactIn);

  async function dueInQueue(queue: string, nowMs: number, most: number) {
    const { Items = [] } = await client.send(
      new QueryCommand({
        TableName: table,
        IndexName: dueIndex,
        KeyConditionExpression: 'dueQueue = :queue AND dueAtMs <= :now',
        ExpressionAttributeValues: { ':queue': { S: queue }, ':now': { N: String(nowMs) } },
        Limit: most,
      }),
    );
    return Items.map((item) => parse(DueItem, unmarshall(item), 'A contact that is due'));
  }

  return {
    ofChunk,

    async add(runId, chunk, contacts) {
      const there = new Set((await ofChunk(runId, chunk)).map(({ customerId }) => customerId));
      const missing = contacts.filter(({ customerId }) => !there.has(customerId)).map((after) => ({ after }));
      // What somebody else adds at the same time is left out of ours, and theirs stays.
      await gather(chunksOf(missing, mostTogether), 1, (changes) => writeCounted(client, table, changes));
    },

    async tallies(runId) {
      const items = await itemsOf(runPartition(runId), chunkPrefix);
      return new Map(
        items.map((item): [number, Tally] => {
          const { pk: _, sk, ...counts } = parse(ChunkItem, unmarshall(item), 'Counts of a chunk');
          // What there was once and is no more stays as a zero.
          return [chunkOfSort(sk), Object.fromEntries(Object.entries(counts).filter(([, count]) => count !== 0))];
        }),
      );
    },

    async find(ref) {
      const Key = keyAttributes(contactKey(ref));
      const { Item } = await client.send(new GetItemCommand({ TableName: table, Key, ConsistentRead: true }));
      return Item === undefined ? undefined : contactIn(Item);
    },

    async due(runId, channel, nowMs, most) {
      const found = await Promise.all(queuesOf(runId, channel).map((queue) => dueInQueue(queue, nowMs, most)));
      return found
        .flat()
        .sort((a, b) => a.dueAtMs - b.dueAtMs)
        .slice(0, most)
        .map(contactOfKey);
    },

    async claim(ref, { nowMs, untilMs }) {
      try {
        const { Attributes } = await client.send(
          new UpdateItemCommand({
            TableName: table,
            Key: keyAttributes(contactKey(ref)),
            UpdateExpression: 'SET #state = :sending, dueAtMs = :until, changedAtMs = :now ADD attempts :one',
            // Who is final is due no more: the attribute is gone.
            ConditionExpression: 'dueAtMs <= :now',
            ExpressionAttributeNames: { '#state': 'state' },
            ExpressionAttributeValues: {
              ':sending': { S: 'sending' },
              ':until': { N: String(untilMs) },
              ':now': { N: String(nowMs) },
              ':one': { N: '1' },
            },
            ReturnValues: 'ALL_OLD',
          }),
        );
        const before = contactIn(Attributes ?? {});
        return { contact: claimedContact(before, { nowMs, untilMs }), isAgain: before.state === 'sending' };
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return undefined;
        throw error;
      }
    },

    async settle(settlements, nowMs) {
      const changes = settlements.map(({ contact, to }) => ({
        before: contact,
        after: settledContact(contact, to, nowMs),
      }));
      const byChunk = Map.groupBy(changes, ({ after: { runId, chunk } }) => contactPartition(runId, chunk));
      const groups = [...byChunk.values()].flatMap((each) => chunksOf(each, mostTogether));
      const stale = await gather(groups, width, (group) => writeCounted(client, table, group));
      return changes.map((change) => (stale.some((each) => each.has(change)) ? 'stale' : 'settled'));
    },
  };
}
