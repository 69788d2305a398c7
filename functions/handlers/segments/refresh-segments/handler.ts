import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoCatalogue } from '#adapters/catalogue-table/dynamo-catalogue.ts';
import { dynamoCustomers } from '#adapters/customers-table/dynamo-customers.ts';
import { dynamoMemberships } from '#adapters/customers-table/dynamo-memberships.ts';
import type { BusEnvelope } from '#contracts/bus/bus-envelope.ts';
import type { IdentityChange } from '#domain/identity/identity-change.ts';
import { environment } from '#runtime/environment.ts';
import { UnexpectedShapeError } from '#runtime/errors.ts';
import { gather } from '#runtime/gather.ts';
import { logger, withRuntime } from '#runtime/lambda.ts';
import { allBut, type QueueAnswer, QueueEvent } from '#runtime/queue.ts';
import { readBusEvent } from '#runtime/read-bus-event.ts';
import { fullJitter } from '#runtime/retry.ts';
import { freshCatalogue } from '#use-cases/catalogue/fresh-catalogue.ts';
import { type RefreshDeps, refreshCustomer } from '#use-cases/segments/refresh-customer.ts';

/** Why a customer is looked at: the queue messages that named it, and the latest time that they speak of. */
interface Wanted {
  readonly queueMessageIds: Set<string>;
  atMs: number;
}

/** Customers that are looked at a time. */
const width = 16;

/**
 * Looks which segments customers are in after what a batch of bus events tells: changed profiles, merges, unmerges, and the
 * passing of time. Each customer once; a message comes again when any of its customers was not done.
 */
export function makeHandler(deps: RefreshDeps & { readonly now: () => number }) {
  return async ({ Records }: QueueEvent): Promise<QueueAnswer> => {
    const wanted = new Map<string, Wanted>();
    const undone = new Set<string>();
    for (const { messageId, body } of Records) {
      try {
        const event = readBusEvent(body);
        // Without segments no profile can change any: a firm that has none pays nothing for its profiles.
        if (event['detail-type'] === 'ProfileChanged' && (await deps.catalogue()).segments.size === 0) continue;
        const { customerIds, atMs } = customersIn(event);
        for (const id of customerIds) want(id, messageId, atMs);
      } catch (error) {
        logger.error('A queue message can’t be read', { messageId, error });
        undone.add(messageId);
      }
    }
    function want(id: string, messageId: string, atMs: number) {
      const known = wanted.get(id) ?? { queueMessageIds: new Set(), atMs };
      known.queueMessageIds.add(messageId);
      known.atMs = Math.max(known.atMs, atMs);
      wanted.set(id, known);
    }

    // A persona's id leads to its customer, who may be another one: those come in the next round.
    for (let round = [...wanted]; round.length > 0; ) {
      const next = new Map<string, Wanted>();
      await gather(round, width, async ([id, { queueMessageIds, atMs }]) => {
        try {
          // This machine's clock may lag behind the one that says what is due.
          const customerId = await refreshCustomer(id, Math.max(deps.now(), atMs), deps);
          if (!wanted.has(customerId)) next.set(customerId, { queueMessageIds, atMs });
        } catch (error) {
          logger.error('The segments of a customer were not refreshed', { id, error });
          for (const messageId of queueMessageIds) undone.add(messageId);
        }
      });
      for (const [id, why] of next) wanted.set(id, why);
      round = [...next];
    }
    return allBut(undone);
  };
}

function customersIn(event: BusEnvelope): { readonly customerIds: readonly string[]; readonly atMs: number } {
  switch (event['detail-type']) {
    case 'ProfileChanged':
      return { customerIds: event.detail.changes.map(({ personaId }) => personaId), atMs: 0 };
    case 'SegmentsDue':
      return { customerIds: event.detail.customerIds, atMs: Date.parse(event.detail.dueAt) };
    case 'IdentityMerged':
    case 'IdentityUnmerged':
      return { customerIds: event.detail.changes.flatMap(customersOfChange), atMs: 0 };
    default:
      throw new UnexpectedShapeError(`Expected an event about customers, got ${event['detail-type']}`);
  }
}

function customersOfChange(change: IdentityChange): readonly string[] {
  if (change.kind === 'merge') return [change.customerId, ...change.mergedCustomerIds];
  return change.kind === 'unmerge' ? [change.previousCustomerId, ...change.customerIds] : [];
}

/** Long enough to spare reads, short enough for a new segment to be seen soon. */
const freshMs = 15_000;

export const handler = withRuntime('refresh-segments', QueueEvent, () => {
  const { CUSTOMERS_TABLE, CATALOGUE_TABLE } = environment('CUSTOMERS_TABLE', 'CATALOGUE_TABLE');
  const client = new DynamoDBClient({});
  const store = dynamoCatalogue(client, CATALOGUE_TABLE);
  const onStale = (error: unknown) => logger.warn('The catalogue can’t be read; an older copy is used', { error });
  const fresh = freshCatalogue({ store, now: Date.now, freshMs, onStale });
  const newest = freshCatalogue({ store, now: Date.now, freshMs: 0, onStale });
  return makeHandler({
    customers: dynamoCustomers(client, CUSTOMERS_TABLE),
    memberships: dynamoMemberships(client, CUSTOMERS_TABLE),
    async catalogue(atLeast = 0) {
      const copy = await fresh();
      return copy.revision >= atLeast ? copy : newest();
    },
    now: Date.now,
    pause: fullJitter(20, 500),
  });
});
