import { DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { gather } from '#runtime/gather.ts';
import { outputOf, type Target } from '#scripts/target/target.ts';
import { askFirm, type FirmAccess } from './ask-firm.ts';
import type { Victim } from './victims.ts';

/** What nobody but the firm and the customer may change, by whose or what it is. */
export type SafePart = ReadonlyMap<string, string>;

const View = z.object({
  customerId: z.string(),
  firstSeenAt: z.string().nullable(),
  traits: z.record(z.string(), z.unknown()),
  // Without the times: a purchase is seen when it is told.
  purchases: z.array(
    z.object({ currency: z.string(), orders: z.int(), revenueMinor: z.int(), refundedMinor: z.int() }),
  ),
  consents: z.array(z.unknown()),
  timeZone: z.string().nullable(),
});
const Identities = z.object({
  identifiers: z.array(z.object({ type: z.string(), hash: z.string(), isShared: z.boolean() })),
});
const Explained = z.object({
  explanation: z.object({
    placements: z.array(
      z.object({
        arm: z.string(),
        candidates: z.array(
          z.object({ treatmentId: z.string(), exclusion: z.object({ reason: z.string() }).nullish() }),
        ),
      }),
    ),
  }),
});

/** Placements of the example catalogue at which the arm and each exclusion are looked at. */
const placements = ['web/home-hero', 'app/start-card'];

/**
 * Reads it through the API as a desk does, by user id and by browser, and of models, budgets and contact ledgers from the tables. Left out
 * is behaviour: what was seen, when last, how often and where is for everybody to tell, within the rate of a key, and counts on the
 * persona that it names, be it an address of the customer's that led nothing before.
 */
export async function safePart(
  all: readonly Victim[],
  access: FirmAccess & { readonly target: Target },
): Promise<SafePart> {
  const views = await gather(
    all,
    8,
    async ({ userId, anonymousId }): Promise<readonly (readonly [string, string])[]> => {
      const [byUser, byBrowser] = [`user_id:${userId}`, `anonymous_id:${anonymousId}`];
      const path = (identifier: string) => `/v1/customers/${encodeURIComponent(identifier)}`;
      const view = await askFirm(View, access, path(byUser));
      const { customerId } = await askFirm(View, access, path(byBrowser));
      const { identifiers } = await askFirm(Identities, access, `${path(byUser)}/identities`);
      const decision = await askFirm(Explained, access, '/v1/decisions', {
        customer: byUser,
        placements,
        preview: true,
        explain: true,
      });
      const { consents, purchases, traits, ...rest } = view;
      return [
        [`${userId} who`, JSON.stringify({ ...rest, byBrowser: customerId })],
        [
          `${userId} identifiers`,
          JSON.stringify(identifiers.map(({ type, hash, isShared }) => `${type}:${hash}${isShared}`).sort()),
        ],
        [`${userId} traits`, JSON.stringify(traits)],
        [`${userId} consents`, JSON.stringify(consents)],
        [`${userId} purchases`, JSON.stringify(purchases)],
        [`${userId} arms and exclusions`, JSON.stringify(decision.explanation.placements)],
      ];
    },
  );
  const stored = await storedParts(access.target);
  return new Map([...views.flat(), ...stored]);
}

/** Items that decisions and learning go by, each whole. */
async function storedParts(target: Target): Promise<[string, string][]> {
  const client = new DynamoDBClient(target.client);
  const items = async (table: string, isOne: (sort: string) => boolean) => {
    const found: [string, string][] = [];
    for await (const { Items = [] } of paginateScan({ client }, { TableName: outputOf(target, table) })) {
      for (const attributes of Items) {
        const { pk, sk = '', ...item } = unmarshall(attributes);
        if (isOne(String(sk)))
          found.push([
            `${table} ${pk} ${sk}`,
            JSON.stringify(item, (_, value) =>
              value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
            ),
          ]);
      }
    }
    return found;
  };
  const parts = [
    ...(await items('ModelsTableName', () => true)),
    ...(await items('BudgetsTableName', () => true)),
    ...(await items('CustomersTableName', (sort) => sort === 'persona!contacts')),
  ];
  client.destroy();
  return parts;
}

/** What differs, with what it was and is. */
export function differences(before: SafePart, after: SafePart): string[] {
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key) => {
    const [was, is] = [before.get(key), after.get(key)];
    return was === is ? [] : [`${key}: was ${was ?? 'not there'}, is ${is ?? 'not there'}`];
  });
}
