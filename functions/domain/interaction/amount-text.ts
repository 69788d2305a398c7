import { currencyCode } from './money.ts';

/** An amount as it was written. */
export interface WrittenAmount {
  /** A decimal number in major units, as `minorUnits` reads it; a leading minus when it is negative. */
  readonly decimal: string;
  /** Currencies that a mark next to the number can mean, what it means by itself first; absent without a mark. */
  readonly currencies?: readonly string[];
}

/**
 * Reads an amount as people and systems write it: a number, `"11.77"`, `"$19.99"`, `"EUR 20"`, `"19,99 €"`, `"1,234.50"`,
 * `"1.234,50"`, `"1 234,50"`. What stands between thousands is a comma, point, blank or apostrophe, always the same; the last
 * comma or point is the decimal one. `"1,234"` can be either and is none; `"1.234"` is a decimal, as in every programming language.
 */
export function amountText(amount: unknown): WrittenAmount | undefined {
  if (typeof amount === 'number') return { decimal: String(amount) };
  if (typeof amount !== 'string' || amount.length > longestAmount) return undefined;
  const [, minus, before = '', innerMinus, number = '', after = ''] =
    written.exec(amount.replace(/\s/g, ' ').trim()) ?? [];
  const decimal = decimalIn(number);
  const mark = before.trim() || after.trim();
  const hasTwo = (before.trim() !== '' && after.trim() !== '') || (minus !== undefined && innerMinus !== undefined);
  if (decimal === undefined || hasTwo) return undefined;
  const signed = minus === undefined && innerMinus === undefined ? decimal : `-${decimal}`;
  if (mark === '') return { decimal: signed };
  const currencies = currenciesOf(mark);
  return currencies === undefined ? undefined : { decimal: signed, currencies };
}

const longestAmount = 64;
const written =
  /^([-−])?([^\d\s,.'’+−-][^\d\s+−-]{0,4} ?)?([-−])?(\d[\d.,'’ ]*(?:e[+-]?\d{1,3})?)( ?[^\d\s,.'’+−-][^\d\s+−-]{0,4})?$/iu;

const plain = /^\d+(?:\.\d+)?(?:e[+-]?\d{1,3})?$/i;
const grouped = /^(\d{1,3}(?:([ ',.’])\d{3})(?:\2\d{3})*)(?:([.,])(\d+))?$/;
const decimalComma = /^(\d+),(\d+)$/;

function decimalIn(number: string): string | undefined {
  const text = number.trim();
  if (plain.test(text)) return text;
  const [, whole = '', separator, point, fraction] = grouped.exec(text) ?? [];
  if (separator !== undefined && separator !== point) {
    const groups = whole.split(separator);
    const isEither = separator === ',' && point === undefined && groups.length === 2;
    if (!isEither) return groups.join('') + (fraction === undefined ? '' : `.${fraction}`);
    return undefined;
  }
  const [, units, parts] = decimalComma.exec(text) ?? [];
  return units === undefined ? undefined : `${units}.${parts}`;
}

/** Marks that are no ISO 4217 code. `kr` alone says only that it is one of several; what it means by itself is nothing. */
const marks: Readonly<Record<string, string>> = {
  $: 'USD AUD BBD BMD BND BSD BZD CAD COP CLP FJD GYD HKD JMD KYD LRD MXN NAD NZD ARS SBD SGD SRD TTD TWD UYU XCD ZWL',
  US$: 'USD',
  A$: 'AUD',
  AU$: 'AUD',
  C$: 'CAD NIO',
  CA$: 'CAD',
  NZ$: 'NZD',
  HK$: 'HKD',
  S$: 'SGD',
  NT$: 'TWD',
  MX$: 'MXN',
  R$: 'BRL',
  '€': 'EUR',
  '£': 'GBP EGP FKP GIP LBP SDG SHP SYP',
  '¥': 'JPY CNY',
  '￥': 'JPY CNY',
  '₩': 'KRW KPW',
  '₹': 'INR',
  '₽': 'RUB',
  '₺': 'TRY',
  '₴': 'UAH',
  '₪': 'ILS',
  '₫': 'VND',
  '₱': 'PHP',
  '฿': 'THB',
  '₦': 'NGN',
  '₡': 'CRC',
  '₲': 'PYG',
  '₵': 'GHS',
  '₸': 'KZT',
  ZŁ: 'PLN',
  KČ: 'CZK',
  FT: 'HUF',
  LEI: 'RON MDL',
  ЛВ: 'BGN',
  FR: 'CHF',
  'FR.': 'CHF',
  SFR: 'CHF',
  KR: ' SEK NOK DKK ISK',
  'KR.': ' SEK NOK DKK ISK',
};

function currenciesOf(mark: string): readonly string[] | undefined {
  const name = mark.toUpperCase();
  if (Object.hasOwn(marks, name)) return marks[name]?.split(' ');
  const code = currencyCode(mark);
  return code === undefined ? undefined : [code];
}
