import { AthenaClient } from '@aws-sdk/client-athena';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import { athenaLake } from '#adapters/athena/athena-lake.ts';
import { dynamoCustomers } from '#adapters/customers-table/dynamo-customers.ts';
import { readIdentityKey } from '#adapters/secrets-manager/secret-identity-key.ts';
import { dayMs } from '#domain/calendar/days.ts';
import type { IdentifierCatalogue } from '#domain/identity/identifier-catalogue.ts';
import type { TimelineEntry } from '#domain/profile/day-record.ts';
import { cursorOf, mergeTimelines, pointOfCursor, type TimelinePoint } from '#domain/profile/timeline.ts';
import type { Customers } from '#ports/customers.ts';
import type { IdentityKey } from '#ports/identity-key.ts';
import type { InteractionLake } from '#ports/interaction-lake.ts';
import { environment } from '#runtime/environment.ts';
import { customerOf } from '#runtime/http/customer-of.ts';
import { answer, HttpRequest, refuse } from '#runtime/http/http.ts';
import { identifierCatalogueOf } from '#runtime/identifier-settings.ts';
import { withRuntime } from '#runtime/lambda.ts';
import { once } from '#runtime/once.ts';

const PageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(200).default(50),
  cursor: z.string().optional(),
});

interface ReadTimelineDeps {
  readonly customers: Customers;
  readonly lake: InteractionLake;
  readonly identityKey: () => Promise<IdentityKey>;
  readonly identifiers: IdentifierCatalogue;
  readonly now: () => number;
}

/** Answers a customer's interactions, newest first: the kept days from the live table, what is older from the lake. */
export function makeHandler(deps: ReadTimelineDeps) {
  return async (request: HttpRequest) => {
    const asked = await customerOf(request, deps.identityKey, deps.identifiers);
    if (asked.kind === 'refused') return asked.answer;
    const page = PageQuery.safeParse(request.queryStringParameters ?? {});
    const from = page.data?.cursor === undefined ? farFuture : pointOfCursor(page.data.cursor);
    if (!page.success || from === undefined || !isPlace(from)) {
      return refuse(400, 'malformed_page', 'Expected limit from 1 to 200, and a cursor as an earlier page gave it.');
    }
    const found = await pageOf(asked.personaId, from, page.data.limit, deps);
    if (found === undefined) return refuse(404, 'unknown_customer', 'No customer has this identifier.');
    const { customerId, entries, hasMore } = found;
    const last = entries.at(-1);
    return answer(200, {
      customerId,
      interactions: entries.map(entryView),
      nextCursor: hasMore && last !== undefined ? cursorOf(last) : null,
    });
  };
}

/**
 * A page of the timeline. The kept days are complete back to the horizon; past it they hold only what arrived late, so
 * that a page from there on asks the lake too. The lake is slow and costs money: it is asked only when nothing is recent.
 */
async function pageOf(personaId: string, from: TimelinePoint, limit: number, deps: ReadTimelineDeps) {
  const customer = await deps.customers.recentTimeline(personaId, from, limit);
  if (customer === undefined) return undefined;
  const { customerId, personas, page: kept } = customer;
  const horizon = startOfDay(deps.now()) - completeDays * dayMs;
  const recent = kept.entries.filter(({ at }) => at >= horizon);
  if (recent.length > 0) return { customerId, entries: recent, hasMore: true };
  const older = await deps.lake.olderTimeline(
    personas.map((persona) => persona.personaId),
    from,
    limit + 1,
  );
  const entries = mergeTimelines([kept.entries, older], limit + 1);
  const hasMore = entries.length > limit || !kept.isComplete;
  return { customerId, entries: entries.slice(0, limit), hasMore };
}

/** Day records are kept for 35 days after their last write; one less is surely there. */
const completeDays = 34;
const startOfDay = (time: number) => Math.floor(time / dayMs) * dayMs;

const farFuture: TimelinePoint = { at: Date.UTC(9999, 0), messageId: '' };

/** Whether a timeline can have this point: past the years that Date and SQL know, a query fails. Message ids have up to 128. */
function isPlace({ at, messageId }: TimelinePoint): boolean {
  return at >= 0 && at <= farFuture.at && messageId.length <= 128;
}

function entryView({ at, label, purchase, ...entry }: TimelineEntry) {
  return {
    ...entry,
    occurredAt: new Date(at).toISOString(),
    ...(label === undefined ? {} : { event: label }),
    ...(purchase === undefined ? {} : { purchase }),
  };
}

export const handler = withRuntime('read-timeline', HttpRequest, () => {
  const { CUSTOMERS_TABLE, IDENTITY_KEY_SECRET_ARN, IDENTIFIER_SETTINGS, ATHENA_WORKGROUP, ATHENA_DATABASE } =
    environment(
      'CUSTOMERS_TABLE',
      'IDENTITY_KEY_SECRET_ARN',
      'IDENTIFIER_SETTINGS',
      'ATHENA_WORKGROUP',
      'ATHENA_DATABASE',
    );
  const secrets = new SecretsManagerClient({});
  return makeHandler({
    customers: dynamoCustomers(new DynamoDBClient({}), CUSTOMERS_TABLE),
    lake: athenaLake(new AthenaClient({}), { workgroup: ATHENA_WORKGROUP, database: ATHENA_DATABASE }),
    identityKey: once(() => readIdentityKey(secrets, IDENTITY_KEY_SECRET_ARN)),
    identifiers: identifierCatalogueOf(IDENTIFIER_SETTINGS),
    now: Date.now,
  });
});
