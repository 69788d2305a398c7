/**
 * Java's Formatter, which Trino's `format` is, as far as analysts write it: %s %d %f %e %x %o %b %n %% with flags, width, precision and
 * place. A value comes as the letter of its type and its text: d whole number, m decimal, f double, b boolean, s any other, n none.
 * https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/Formatter.html
 */
export function javaFormat(pattern: string, values: readonly string[]): string {
  let next = 0;
  let last: number | undefined;
  const formatted = pattern.replace(specifier, (whole, ...found) => {
    const { place, flags = '', width = '', precision, letter } = groupsOf(found);
    if (letter === undefined) throw invalid(`UnknownFormatConversion: ${whole}`);
    if (letter === 'n') return '\n';
    if (letter === '%') return padded('%', flags, width);
    if (place === '<' && last === undefined) throw invalid(`MissingFormatArgument: ${whole}`);
    if (place !== '<') last = place === undefined ? next++ : Number(place.slice(0, -1)) - 1;
    const value = values[last ?? 0];
    if (value === undefined) throw invalid(`MissingFormatArgument: ${whole}`);
    const text = converted(value, { flags, width, precision, letter: letter.toLowerCase(), whole });
    return letter === letter.toLowerCase() ? text : text.toUpperCase();
  });
  return formatted;
}

interface Specifier {
  readonly flags: string;
  readonly width: string;
  readonly precision: string | undefined;
  readonly letter: string;
  readonly whole: string;
}

const specifier =
  /%(?:(?<place>\d+\$|<))?(?<flags>[-#+ 0,(]*)(?<width>[1-9]\d*)?(?:\.(?<precision>\d+))?(?<letter>[a-zA-Z%])?/g;

function groupsOf(found: readonly unknown[]): Readonly<Record<string, string | undefined>> {
  const groups: unknown = found.at(-1);
  return Object.fromEntries(
    Object.entries(Object(groups)).map(([name, text]) => [name, text === undefined ? undefined : String(text)]),
  );
}

function converted(value: string, specified: Specifier): string {
  const { flags, width, precision, letter, whole } = specified;
  const [type, text] = [value.slice(0, 1), value.slice(1)];
  const isCut = letter === 's' || letter === 'b' || type === 'n';
  if (isCut) {
    const said = type === 'n' ? (letter === 'b' ? 'false' : 'null') : letter === 'b' && type !== 'b' ? 'true' : text;
    return padded(precision === undefined ? said : said.slice(0, Number(precision)), flags, width);
  }
  const takes = typesOf[letter];
  if (takes === undefined) {
    throw invalid(`the local Athena has no conversion ${whole}`);
  }
  if (!takes.includes(type)) throw invalid(`IllegalFormatConversion: ${whole}`);
  if (letter === 'd' && precision !== undefined) throw invalid(`IllegalFormatPrecision: ${whole}`);
  return numeric(text, specified);
}

/** Types that a conversion takes. */
const typesOf: Readonly<Record<string, string>> = { d: 'd', x: 'd', o: 'd', f: 'fm', e: 'fm' };

function numeric(text: string, { flags, width, precision, letter }: Specifier): string {
  if (letter === 'x' || letter === 'o') {
    const bits = BigInt.asUintN(64, BigInt(text)).toString(letter === 'x' ? 16 : 8);
    return padded(flags.includes('0') ? bits.padStart(Number(width), '0') : bits, flags, width);
  }
  if (/[a-z]/i.test(text.replace(/e[+-]?\d+$/i, ''))) return padded(text, flags.replace('0', ''), width);
  const isNegative = text.startsWith('-');
  const size = isNegative ? text.slice(1) : text;
  const digits = Number(precision ?? 6);
  const plain = letter === 'd' ? size : letter === 'f' ? rounded(size, digits) : withExponent(size, digits);
  const grouped = flags.includes(',') ? plain.replace(/\B(?=(\d{3})+(?!\d))(?<!\.\d*)/g, ',') : plain;
  const [before, after] = isNegative
    ? flags.includes('(')
      ? ['(', ')']
      : ['-', '']
    : [flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '', ''];
  const room = Number(width) - before.length - after.length;
  const filled = flags.includes('0') ? grouped.padStart(room, '0') : grouped;
  return padded(`${before}${filled}${after}`, flags, width);
}

/** A decimal text, which may have an exponent, with so many digits after the point, half up as people round. */
function rounded(size: string, digits: number): string {
  const { units, scale } = exact(size);
  const shifted =
    scale <= digits
      ? units * 10n ** BigInt(digits - scale)
      : (units * 2n + 10n ** BigInt(scale - digits)) / (2n * 10n ** BigInt(scale - digits));
  const text = String(shifted).padStart(digits + 1, '0');
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

function withExponent(size: string, digits: number): string {
  const { units, scale } = exact(size);
  if (units === 0n) return `${rounded('0', digits)}e+00`;
  const exponent = String(units).length - 1 - scale;
  const first = rounded(`${units}e${-(String(units).length - 1)}`, digits);
  const [mantissa, power] = first.startsWith('10') ? [rounded('1', digits), exponent + 1] : [first, exponent];
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

/** The number as a count of 10^-scale. */
function exact(size: string): { readonly units: bigint; readonly scale: number } {
  const [, whole = '0', fraction = '', power = '0'] = /^(\d+)(?:\.(\d*))?(?:e([+-]?\d+))?$/i.exec(size) ?? [];
  const scale = fraction.length - Number(power);
  const units = BigInt(whole + fraction);
  return scale >= 0 ? { units, scale } : { units: units * 10n ** BigInt(-scale), scale: 0 };
}

function padded(text: string, flags: string, width: string): string {
  return flags.includes('-') ? text.padEnd(Number(width)) : text.padStart(Number(width));
}

const invalid = (what: string) => new Error(`Invalid format string: ${what}`);
