import { isoCurrencies } from '#domain/vocabulary/iso-currencies.ts';

/** Currencies of ISO 4217 whose minor unit is not the hundredth (list of 2024-06-25); all others have two decimals. */
const exponents: Readonly<Record<string, number>> = {
  ...Object.fromEntries(
    'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'.split(' ').map((code) => [code, 0]),
  ),
  ...Object.fromEntries('BHD IQD JOD KWD LYD OMR TND'.split(' ').map((code) => [code, 3])),
  CLF: 4,
  UYW: 4,
};

/** The largest amount one interaction may carry, in minor units: nine thousand of them still add up to a safe integer. */
const largestAmountMinor = 10 ** 12;
/** The same of an amount whose currency is not known, for no currency has more decimals than four. */
const largestTenThousandths = 10 ** 15;

const decimal = /^(\d+)(?:\.(\d+))?(?:e([+-]?\d{1,3}))?$/i;

/**
 * Turns an amount in major units (`11.77`, `"11.77"`) into integer minor units of the currency, exactly: it moves the
 * decimal point in the shortest decimal text instead of multiplying, and rounds half up. Negative, non-finite, malformed
 * and too large amounts give `undefined`.
 */
export function minorUnits(amount: unknown, currency: string): number | undefined {
  return unitsOf(amount, decimalsOf(currency), largestAmountMinor);
}

/** The same in ten-thousandths of a major unit, for an amount in a currency that is not known yet. */
export function tenThousandths(amount: unknown): number | undefined {
  return unitsOf(amount, mostDecimals, largestTenThousandths);
}

const mostDecimals = 4;

/** Whether an amount has more decimals than its currency, so that minor units are not all of it. What floats get wrong is less. */
export function isRounded(amount: unknown, currency: string): boolean {
  const parts = decimal.exec(typeof amount === 'string' ? amount.trim() : String(amount));
  if (!parts) return false;
  const [, whole = '', fraction = '', power = '0'] = parts;
  const point = whole.length + Number(power) + decimalsOf(currency);
  const left = Number(
    `0.${'0'.repeat(Math.min(40, Math.max(0, -point)))}${(whole + fraction).slice(Math.max(0, point))}`,
  );
  return Math.min(left, 1 - left) > floatErrorMinor;
}

/** In minor units: sums of a few amounts as JavaScript adds them are not a thousandth off. */
const floatErrorMinor = 0.001;

/** Minor units of a currency in ten-thousandths of a major unit, rounded half up. */
export function fromTenThousandths(amount: number, currency: string): number {
  return Math.floor((amount * 10 ** decimalsOf(currency)) / 10 ** mostDecimals + 0.5);
}

function unitsOf(amount: unknown, decimals: number, largest: number): number | undefined {
  const text = typeof amount === 'number' ? String(amount) : typeof amount === 'string' ? amount.trim() : '';
  const parts = decimal.exec(text);
  if (!parts) return undefined;
  const [, whole = '', fraction = '', power = '0'] = parts;
  const shift = Number(power) + decimals;
  const digits = whole + fraction;
  const point = whole.length + shift;
  if (point > 40) return Number(digits) === 0 ? 0 : undefined;
  const kept = point <= 0 ? '' : digits.slice(0, point).padEnd(point, '0');
  const next = point < 0 ? '0' : (digits[point] ?? '0');
  const minor = Number(kept || '0') + (next >= '5' ? 1 : 0);
  return minor <= largest ? minor : undefined;
}

/** Decimals of a currency's major unit: an amount in minor units is that many places to the right. */
export function decimalsOf(currency: string): number {
  return exponents[currency] ?? 2;
}

/** An ISO 4217 code in upper case, or `undefined` when the text is none. */
export function currencyCode(text: unknown): string | undefined {
  const code = typeof text === 'string' && /^[a-z]{3}$/i.test(text.trim()) ? text.trim().toUpperCase() : '';
  return isoCurrencies.has(code) ? code : undefined;
}
