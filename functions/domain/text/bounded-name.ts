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
  const suffix = `~${hash64(whole)}`;
  let bytes = 0;
  let cut = 0;
  for (const character of whole) {
    bytes += jsonBytes(character.codePointAt(0) ?? 0);
    if (bytes <= longestNameBytes - suffix.length) cut += character.length;
    if (bytes > longestNameBytes) return whole.slice(0, cut) + suffix;
  }
  return whole;
}

/** Bytes of a character within a JSON text in UTF-8; control characters count as a six-byte escape, though some are shorter. */
function jsonBytes(codePoint: number): number {
  if (codePoint < 0x20) return 6;
  if (codePoint === 0x22 || codePoint === 0x5c) return 2;
  if (codePoint < 0x80) return 1;
  if (codePoint < 0x800) return 2;
  return codePoint < 0x10000 ? 3 : 4;
}
