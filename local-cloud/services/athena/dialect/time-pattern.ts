import { QueryError } from './query-error.ts';

/** MySQL's format letters, as Trino's date_format and date_parse know them, in strftime's. */
const letters: Readonly<Record<string, string>> = {
  a: '%a',
  b: '%b',
  c: '%-m',
  d: '%d',
  e: '%-d',
  f: '%f',
  H: '%H',
  h: '%I',
  I: '%I',
  i: '%M',
  j: '%j',
  k: '%-H',
  l: '%-I',
  M: '%B',
  m: '%m',
  p: '%p',
  r: '%I:%M:%S %p',
  S: '%S',
  s: '%S',
  T: '%H:%M:%S',
  v: '%V',
  W: '%A',
  x: '%G',
  Y: '%Y',
  y: '%y',
  '%': '%%',
};

/** A MySQL time pattern as strftime's; a letter without like is refused by name. */
export function timePattern(mysql: string): string {
  return mysql.replace(/%(.)/gs, (_, letter: string) => {
    const made = letters[letter];
    if (made === undefined) {
      throw new QueryError(
        'NOT_SUPPORTED',
        `Date format %${letter} is not among those checked against Trino (local Athena)`,
      );
    }
    return made;
  });
}
