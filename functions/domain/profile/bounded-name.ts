import { hash64 } from './stable-hash.ts';

/** Longest name that a record keeps, in bytes of its JSON text without the quotes. */
export const longestNameBytes = 100;

// Nothing here needs an escape in JSON, so that a character is a byte.
const plain = /^[ !#-[\]-~]*$/;

/**
 * The form in which a record keeps a name or id: itself when short, else its beginning with a hash of the whole. Names come
 * from outside; without a limit on each, no limit on their number bounds a record.
 */
export function boundedName(name: string): string {
  if (name.length <= longestNameBytes && plain.test(name)) return name;
  const whole = name.toWellFormed();
  if (whole.length <= longestNameBytes && jsonBytes(whole) <= longestNameBytes) return whole;
  const hash = hash64(whole);
  let beginning = '';
  let bytes = hash.length + 1;
  for (const character of whole) {
    bytes += jsonBytes(character);
    if (bytes > longestNameBytes) break;
    beginning += character;
  }
  return `${beginning}~${hash}`;
}

function jsonBytes(text: string): number {
  return Buffer.byteLength(JSON.stringify(text)) - 2;
}
