import * as z from 'zod';
import { amountBases, type StatedAmounts } from '#domain/interaction/stated-money.ts';
import { sortedEntries } from '#domain/text/bounded-map.ts';
import { keyOf, type OrderRecord } from './order-record.ts';

const amount = z.int().nullable();
/** Revenue, total and value; what comes last and is not told is left out. */
const Amounts = z.tuple([amount.optional(), amount.optional(), amount.optional()]);
const Currency = z.string().nullable();

/**
 * The one form of an order in JSON: its latest time; of its purchase how long before that it was, currency, whether a public key told
 * it (1), and amounts; then its refunds, those with a number, and whether it was given back as a whole (1). What comes last and says
 * nothing is left out, for most orders are a purchase and no more.
 */
export const OrderTuple = z.tuple([
  z.int(),
  z.tuple([z.int(), z.string(), z.literal([0, 1]), Amounts]).nullable(),
  z.array(z.tuple([Currency, Amounts])).optional(),
  z.array(z.tuple([z.string(), z.int(), z.literal([0, 1]), Currency, Amounts])).optional(),
  z.literal([0, 1]).optional(),
]);
export type OrderTuple = z.infer<typeof OrderTuple>;

/** The tuple of an order; equal orders have equal ones. */
export function orderTuple({ lastAt, purchase, refunds, numbered, isGivenBack }: OrderRecord): OrderTuple {
  const told = purchase && ([lastAt - purchase.at, purchase.currency, bit(purchase.isPublic)] as const);
  const stated = sortedEntries(refunds).map(([, { currency, amounts }]): [string | null, z.infer<typeof Amounts>] => [
    currency ?? null,
    tupleOf(amounts),
  ]);
  const counted = sortedEntries(numbered).map(
    ([number, { at, isWhole, currency, amounts }]): NonNullable<OrderTuple[3]>[number] => [
      number,
      at,
      bit(isWhole),
      currency ?? null,
      tupleOf(amounts),
    ],
  );
  const first = told && purchase ? ([...told, tupleOf(purchase.amounts)] satisfies OrderTuple[1]) : null;
  if (isGivenBack) return [lastAt, first, stated, counted, 1];
  if (counted.length > 0) return [lastAt, first, stated, counted];
  return stated.length > 0 ? [lastAt, first, stated] : [lastAt, first];
}

/** Reads a tuple back. Throws a ZodError when it is none. */
export function orderOfTuple(tuple: unknown): OrderRecord {
  const [lastAt, purchase, refunds = [], numbered = [], isGivenBack = 0] = OrderTuple.parse(tuple);
  return {
    lastAt,
    ...(purchase === null ? {} : { purchase: purchaseOf(lastAt, purchase) }),
    isGivenBack: isGivenBack === 1,
    refunds: new Map(
      refunds.map(([currency, amounts]) => {
        const refund = { currency: currency ?? undefined, amounts: amountsOf(amounts) };
        return [keyOf(refund), refund];
      }),
    ),
    numbered: new Map(
      numbered.map(([number, at, isWhole, currency, amounts]) => [
        number,
        { at, isWhole: isWhole === 1, currency: currency ?? undefined, amounts: amountsOf(amounts) },
      ]),
    ),
  };
}

/** The one text of an order that has a record of its own. */
export function encodeOrder(order: OrderRecord): string {
  return JSON.stringify(orderTuple(order));
}

/** Reads the text of an order record back. Throws a ZodError or SyntaxError when it is none. */
export function decodeOrder(text: string): OrderRecord {
  return orderOfTuple(JSON.parse(text));
}

function purchaseOf(lastAt: number, [before, currency, isPublic, amounts]: NonNullable<OrderTuple[1]>) {
  return { at: lastAt - before, isPublic: isPublic === 1, currency, amounts: amountsOf(amounts) };
}

function bit(flag: boolean): 0 | 1 {
  return flag ? 1 : 0;
}

function tupleOf({ revenue, total, value }: StatedAmounts): z.infer<typeof Amounts> {
  if (value !== undefined) return [revenue ?? null, total ?? null, value];
  if (total !== undefined) return [revenue ?? null, total];
  return revenue === undefined ? [] : [revenue];
}

function amountsOf(tuple: z.infer<typeof Amounts>): StatedAmounts {
  return Object.fromEntries(
    amountBases.flatMap((base, place) => {
      const told = tuple[place];
      return told === undefined || told === null ? [] : [[base, told]];
    }),
  );
}
