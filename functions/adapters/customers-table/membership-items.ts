import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { ifVersion } from '#adapters/dynamodb/conditional-write.ts';
import { keyAttributes } from '#adapters/dynamodb/read-items.ts';
import type { StoredMembership } from '#ports/memberships.ts';
import { parse } from '#runtime/parse.ts';
import { customerOfPartition, customerPartition, segmentsKey, segmentsSort } from './keys.ts';

const number = z.object({ N: z.string().regex(/^\d+$/) }).transform(({ N }) => Number(N));
const text = z.object({ S: z.string() }).transform(({ S }) => S);

/** The item in plain attributes: the table's stream carries both its images, from which entries and exits are told. */
export const MembershipItem = z.object({
  pk: z.object({ S: z.string().startsWith(customerPartition('')) }).transform(({ S }) => customerOfPartition(S)),
  sk: z.object({ S: z.literal(segmentsSort) }),
  version: number,
  members: z.object({ L: z.array(text) }).transform(({ L }) => new Set(L)),
  revision: number,
  /** When it was looked at, in epoch milliseconds. */
  at: number,
  nextChange: number.optional(),
});

/** Reads a customer's membership; version 0 when nothing is stored. Throws {@link UnexpectedShapeError}. */
export function membershipFrom(
  customerId: string,
  attributes: Record<string, AttributeValue> | undefined,
): StoredMembership {
  if (attributes === undefined) {
    return { customerId, version: 0, members: new Set(), nextChangeMs: undefined, revision: 0 };
  }
  const { version, members, revision, nextChange } = parse(MembershipItem, attributes, 'The segments of a customer');
  return { customerId, version, members, revision, nextChangeMs: nextChange };
}

/** The next version of a membership, with the condition under which it may be put. */
export function putOfMembership(
  { customerId, version }: Pick<StoredMembership, 'customerId' | 'version'>,
  { members, nextChangeMs, revision }: Pick<StoredMembership, 'members' | 'nextChangeMs' | 'revision'>,
  atMs: number,
) {
  const item: Record<string, AttributeValue> = {
    ...keyAttributes(segmentsKey(customerId)),
    version: { N: String(version + 1) },
    members: { L: [...members].sort().map((segmentId) => ({ S: segmentId })) },
    revision: { N: String(revision) },
    at: { N: String(atMs) },
    ...(nextChangeMs === undefined ? {} : { nextChange: { N: String(nextChangeMs) } }),
  };
  return {
    Item: item,
    ...ifVersion(version === 0 ? undefined : version),
  };
}
