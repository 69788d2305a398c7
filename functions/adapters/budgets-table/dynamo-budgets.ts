import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  GetItemCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { keyAttributes, readItems } from '#adapters/dynamodb/read-items.ts';
import { unusedBudget } from '#domain/budget/budget-record.ts';
import { type LeaseRequest, leasedBy, unmetAnswer } from '#domain/budget/lease.ts';
import type { BudgetStore } from '#ports/budget-store.ts';
import { parse } from '#runtime/parse.ts';
import { fullJitter } from '#runtime/retry.ts';
import { recordOf } from './budget-items.ts';
import { arrivalsKey, budgetKey, leaseAttribute } from './keys.ts';

const arrivalsKeptSeconds = 15 * 86_400;

/** Budgets in their table: an item a budget and period, one conditional UpdateItem a lease. */
export function dynamoBudgets(client: DynamoDBClient, table: string): BudgetStore {
  return {
    async read(keys) {
      const items = await readItems(client, table, keys.map(budgetKey), {
        freshness: 'eventual',
        pause: fullJitter(10, 50),
      });
      return keys.map((key) => {
        const item = items.get(budgetKey(key));
        return item && recordOf(item);
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
      const { Item } = await client.send(
        new GetItemCommand({ TableName: table, Key: keyAttributes(arrivalsKey(day)) }),
      );
      if (Item === undefined) return undefined;
      const counts = parse(HourCounts, Item, 'Arrivals of a day');
      return Array.from({ length: 24 }, (_, hour) => Number(counts[`h${hour}`]?.N ?? 0));
    },

    async countArrivals(day, hour, decisions) {
      await client.send(
        new UpdateItemCommand({
          TableName: table,
          Key: keyAttributes(arrivalsKey(day)),
          UpdateExpression: 'SET expiresAt = :expiresAt ADD #hour :decisions',
          ExpressionAttributeNames: { '#hour': `h${hour}` },
          ExpressionAttributeValues: {
            ':decisions': { N: String(decisions) },
            ':expiresAt': { N: String(Math.floor(Date.parse(day) / 1000) + arrivalsKeptSeconds) },
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
  const { lease, returned, limit, priced, logWorth, struck, expiresAt } = request;
  const delta = leasedBy(request);
  const names: Record<string, string> = {};
  const values: Record<string, AttributeValue> = {
    ':zero': { N: '0' },
    ':delta': { N: String(delta) },
    ':priced': { N: String(priced) },
    ':logWorth': { N: String(logWorth) },
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
    Key: keyAttributes(budgetKey(request)),
    UpdateExpression: `SET ${sets.join(', ')}${remove} ADD priced :priced, logWorth :logWorth`,
    ConditionExpression: conditions.join(' AND '),
    ...(Object.keys(names).length === 0 ? {} : { ExpressionAttributeNames: names }),
    ExpressionAttributeValues: values,
    ReturnValues: 'ALL_NEW',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  } as const;
}

const HourCounts = z.record(z.string(), z.object({ N: z.string().optional() }));
