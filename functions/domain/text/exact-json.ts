/**
 * Parses JSON whose numbers may be ids: a number beyond ±(2^53 − 1), which a double rounds, becomes the text of its digits, so that
 * `157963456375966712` and `157963456375966713` stay two, and one written as number is the one written as text. Throws a SyntaxError.
 */
export function exactJson(text: string): unknown {
  // A reviver is called for every value: it is worth its time only where a number may be too large.
  return maybeLarge.test(text) ? JSON.parse(text, keepDigits) : JSON.parse(text);
}

const maybeLarge = /[[:,]\s*-?(?:\d{16}|\d[\d.]*e)/i;

/** https://tc39.es/proposal-json-parse-with-source/: what a primitive was read from; objects have no source. */
function keepDigits(_key: string, value: unknown, context?: { readonly source?: string }): unknown {
  if (typeof value !== 'number' || Math.abs(value) <= Number.MAX_SAFE_INTEGER) return value;
  return digitsOf(context?.source ?? String(value));
}

/** A whole number without its exponent; any other as it is written. */
function digitsOf(source: string): string {
  const [, sign = '', whole = '', fraction = '', power = '0'] = number.exec(source) ?? [];
  const zeros = Number(power) - fraction.length;
  return zeros >= 0 && zeros <= mostZeros
    ? sign + (whole + fraction).replace(/^0+(?=\d)/, '') + '0'.repeat(zeros)
    : source;
}

const number = /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/i;

/** The exponents of doubles end at 308; `1e999999999` must not become its digits. */
const mostZeros = 308;
