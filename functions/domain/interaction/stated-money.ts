import type { JsonObject } from '#domain/text/json-object.ts';
import { amountText } from './amount-text.ts';
import { currencyCode, isRounded, minorUnits, tenThousandths } from './money.ts';

/** What an amount of an order can be of, the one that counts first: `revenue` counts before `total` before `value`. */
export const amountBases = ['revenue', 'total', 'value'] as const;
export type AmountBase = (typeof amountBases)[number];

/** What an event says of an order's money, by base, in minor units of the currency; without one in ten-thousandths of a major unit. */
export type StatedAmounts = Readonly<Partial<Record<AmountBase, number>>>;

/** Money as an event states it. */
export interface StatedMoney {
  /** Absent when the event leaves it out. */
  readonly currency?: string;
  readonly amounts: StatedAmounts;
  /** Bases whose amounts have more decimals than the currency. */
  readonly rounded: readonly AmountBase[];
  /** Whether the currency is the one that stands in for none. */
  readonly isCurrencyLeftOut: boolean;
}

/** A value that can't be money: where it stands and why. */
export interface MoneyFault {
  readonly reason: 'invalid_amount' | 'invalid_currency';
  readonly path: string;
}

/** What stands in for a currency that is left out. */
interface Reading {
  readonly currencyLeftOut: string | undefined;
  /** Whether a minus says the same as none, as in refunds. */
  readonly isSigned: boolean;
}

/**
 * Reads the amounts of an event and their currency, stated or marked (`"$19.99"`). Blank texts are absent. The first amount must
 * be one; others that are none are left out.
 */
export function statedMoney(properties: JsonObject, reading: Reading): StatedMoney | MoneyFault {
  const told = amountBases.filter((base) => !isBlank(properties[base]));
  const [first] = told;
  const currency = currencyOf(properties, first, reading);
  if (typeof currency === 'object') return currency;
  const amounts: Partial<Record<AmountBase, number>> = {};
  for (const base of told) {
    const amount = amountIn(properties[base], currency, reading.isSigned);
    if (amount !== undefined) amounts[base] = amount;
    else if (base === first) return { reason: 'invalid_amount', path: `properties.${base}` };
  }
  const rounded = told.filter((base) => amounts[base] !== undefined && losesDigits(properties[base], currency));
  const isCurrencyLeftOut = leavesCurrencyOut(properties) && markedIn(properties, first) === undefined;
  return { ...(currency === undefined ? {} : { currency }), amounts, rounded, isCurrencyLeftOut };
}

/** Whether an event names no currency beside its amounts. */
export function leavesCurrencyOut({ currency }: JsonObject): boolean {
  return isBlank(currency);
}

/** Whether an amount has more decimals than its currency. */
export function losesDigits(value: unknown, currency: string | undefined): boolean {
  return currency !== undefined && isRounded(amountText(value)?.decimal.replace(/^-/, ''), currency);
}

/** An amount in units of a currency, as {@link StatedAmounts} have it. */
export function amountIn(value: unknown, currency: string | undefined, isSigned: boolean): number | undefined {
  const written = amountText(value)?.decimal;
  const decimal = isSigned ? written?.replace(/^-/, '') : written;
  return currency === undefined ? tenThousandths(decimal) : minorUnits(decimal, currency);
}

function currencyOf(
  properties: JsonObject,
  first: AmountBase | undefined,
  { currencyLeftOut }: Reading,
): string | undefined | MoneyFault {
  const marked = markedIn(properties, first);
  const unlike: MoneyFault = { reason: 'invalid_currency', path: `properties.${first}` };
  if (isBlank(properties.currency)) return marked === undefined ? currencyLeftOut : marked[0] || unlike;
  const stated = currencyCode(properties.currency);
  if (stated === undefined) return { reason: 'invalid_currency', path: 'properties.currency' };
  return marked === undefined || marked.includes(stated) ? stated : unlike;
}

function markedIn(properties: JsonObject, first: AmountBase | undefined): readonly string[] | undefined {
  return first === undefined ? undefined : amountText(properties[first])?.currencies;
}

function isBlank(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}
