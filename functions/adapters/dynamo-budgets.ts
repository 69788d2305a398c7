import {
  type AttributeValue,
  BatchGetItemCommand,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { unusedBudget } from '#domain/budget/budget-record.ts';
import { type LeaseRequest, leasedBy, unmetAnswer } from '#domain/budget/lease.ts';
import type { BudgetPeriodKey, BudgetStore } from '#ports';
import { BudgetsUnreadError } from '#shared/errors.ts';
import { parse } from '#shared/parse.ts';
import { budgetKey, leaseAttribute, recordOf } from './budget-items.ts';

/** What BatchGetItem takes at most. */
const keysACall = 100;
const readAttempts = 3;
const arrivalsKept = 15 * 86_400;

/** Budgets in their table: an item a budget and period, one conditional UpdateItem a lease. */
export function dynamoBudgets(client: DynamoDBClient, table: string): BudgetStore {
  const arrivalsKey = (day: string) => ({ pk: { S: 'arrivals' }, sk: { S: day } });

  async function readSome(keys: readonly BudgetPeriodKey[]): Promise<Map<string, Record<string, AttributeValue>>> {
    const found = new Map<string, Record<string, AttributeValue>>();
    let wanted = keys.map(budgetKey);
    for (let attempt = 1; wanted.length > 0; attempt++) {
      if (attempt > readAttempts) throw new BudgetsUnreadError(`${wanted.length} budgets stayed unread`);
      const answer = await client.send(new BatchGetItemCommand({ RequestItems: { [table]: { Keys: wanted } } }));
      for (const item of answer.Responses?.[table] ?? []) found.set(`${item.pk?.S} ${item.sk?.S}`, item);
      const left = (answer.UnprocessedKeys?.[table]?.Keys ?? []).map((key) => `${key.pk?.S} ${key.sk?.S}`);
      wanted = wanted.filter((key) => left.includes(`${key.pk.S} ${key.sk.S}`));
    }
    return found;
  }

  return {
    async read(keys) {
      const pages = Array.from({ length: Math.ceil(keys.length / keysACall) }, (_, page) =>
        readSome(keys.slice(page * keysACall, (page + 1) * keysACall)),
      );
      const found = new Map((await Promise.all(pages)).flatMap((page) => [...page]));
      return keys.map((key) => {
        const { pk, sk } = budgetKey(key);
        const item = found.get(`${pk.S} ${sk.S}`);
        return item === undefined ? undefined : recordOf(item);
      });
    },

    async lease(request) {
      try {
        const { Attributes } = await client.send(new UpdateItemCommand({ TableName: table, ...updateOf(request) }));
        return { kind: 'leased', record: recordOf(Attributes) };
      } catch (error) {
        if (!(error instanceof ConditionalCheckFailedException)) throw error;
        return unmetAnswer(request, error.Item === undefined ? unusedBudget : recordOf(error.Item));
      }
    },

    async arrivals(day) {
      const { Item } = await client.send(new GetItemCommand({ TableName: table, Key: arrivalsKey(day) }));
      if (Item === undefined) return undefined;
      const counts = parse(HourCounts, Item, 'Arrivals of a day');
      return Array.from({ length: 24 }, (_, hour) => Number(counts[`h${hour}`]?.N ?? 0));
    },

    async countArrivals(day, hour, decisions) {
      await client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: arrivalsKey(day),
          UpdateExpression: 'SET expiresAt = :expiresAt ADD #hour :decisions',
          ExpressionAttributeNames: { '#hour': `h${hour}` },
          ExpressionAttributeValues: {
            ':decisions': { N: String(decisions) },
            ':expiresAt': { N: String(Math.floor(Date.parse(day) / 1000) + arrivalsKept) },
          },
        }),
      );
    },
  };
}

/**
 * The one write of a lease. Its condition makes it atomic and repeatable: the new lease is not on the list yet, the old one is,
 * and what is leased stays within the limit. Giving back needs no room, for the limit may have been lowered meanwhile.
 */
function updateOf(request: LeaseRequest) {
  const { lease, returned, limit, priced, worth, struck, expiresAt } = request;
  const delta = leasedBy(request);
  const names: Record<string, string> = {};
  const values: Record<string, AttributeValue> = {
    ':zero': { N: '0' },
    ':delta': { N: String(delta) },
    ':priced': { N: String(priced) },
    ':worth': { N: String(worth) },
  };
  const sets = ['leased = if_not_exists(leased, :zero) + :delta'];
  const removed: string[] = [];
  const conditions: string[] = [];
  if (expiresAt !== undefined) {
    sets.push('expiresAt = :expiresAt');
    values[':expiresAt'] = { N: String(expiresAt) };
  }
  if (lease !== undefined) {
    names['#new'] = leaseAttribute(lease.leaseId);
    values[':ticks'] = { N: String(lease.ticks) };
    sets.push('#new = :ticks');
    conditions.push('attribute_not_exists(#new)');
  }
  if (returned !== undefined) {
    names['#old'] = leaseAttribute(returned.leaseId);
    values[':held'] = { N: String(returned.ticks) };
    removed.push('#old');
    conditions.push('#old = :held');
  }
  if (delta > 0) {
    values[':room'] = { N: String(limit - delta) };
    conditions.push(delta <= limit ? '(attribute_not_exists(leased) OR leased <= :room)' : 'leased <= :room');
  }
  for (const [index, leaseId] of struck.entries()) {
    names[`#struck${index}`] = leaseAttribute(leaseId);
    removed.push(`#struck${index}`);
  }
  const remove = removed.length === 0 ? '' : ` REMOVE ${removed.join(', ')}`;
  return {
    Key: budgetKey(request),
    UpdateExpression: `SET ${sets.join(', ')}${remove} ADD priced :priced, worth :worth`,
    ConditionExpression: conditions.join(' AND '),
    ...(Object.keys(names).length === 0 ? {} : { ExpressionAttributeNames: names }),
    ExpressionAttributeValues: values,
    ReturnValues: 'ALL_NEW',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  } as const;
}

const HourCounts = z.record(z.string(), z.object({ N: z.string().optional() }));
