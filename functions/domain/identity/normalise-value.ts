import { domainToASCII } from 'node:url';
import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';
import type { Normalisation } from './identifier-type.ts';

/** The door takes no longer ids. In UTF-16 code units, after normalisation. */
export const longestValue = 255;

/**
 * The one form of a value that is hashed, or `undefined` when the text can't be one of its kind. `email` is folded to lower
 * case as a whole, though RFC 5321 would let the part before the @ differ by case; `phone` is E.164, with `;ext=` for an
 * extension (RFC 3966), and a number without its country code is one of the region.
 */
export function normaliseValue(text: string, normalise: Normalisation, region?: string): string | undefined {
  const trimmed = text.toWellFormed().normalize('NFC').trim();
  if (trimmed === '' || trimmed.length > longestValue) return undefined;
  switch (normalise) {
    case 'trimmed':
      return trimmed;
    case 'folded':
      return trimmed.toLowerCase();
    case 'digits':
      return trimmed.replace(/[^0-9]/g, '') || undefined;
    case 'email':
      return emailOf(trimmed.toLowerCase());
    case 'phone':
      return phoneOf(trimmed, region);
  }
}

/** Whether a text is a country whose phone numbers are known. */
export function isRegion(text: string): boolean {
  return isSupportedCountry(text);
}

// 254 characters is the longest address that SMTP can carry (RFC 5321, 4.5.3.1.3).
const longestAddress = 254;
const address = /^[^\s@,;:<>()"]+@(?:[\p{L}\p{N}-]+\.)+[\p{L}\p{N}-]+$/u;

function emailOf(text: string): string | undefined {
  const at = text.lastIndexOf('@') + 1;
  const folded = `${text.slice(0, at)}${asciiDomain(text.slice(at))}`;
  return folded.length <= longestAddress && address.test(folded) ? folded : undefined;
}

/** A domain as the name system has it (UTS #46): one form for `MÜNCHEN.de` and `xn--mnchen-3ya.de`. As it is if it can't be one. */
function asciiDomain(domain: string): string {
  // What is ASCII and not encoded has one form already; a URL would also take `1.2` for an address of the Internet.
  const isPlain = /^[\x21-\x7e]*$/.test(domain) && !/(^|\.)xn--/.test(domain);
  return isPlain ? domain : domainToASCII(domain) || domain;
}

function phoneOf(text: string, region: string | undefined): string | undefined {
  const country = region !== undefined && isSupportedCountry(region) ? region : undefined;
  const dialled = text.replace(/^tel:/i, '');
  const read = (digits: string) => {
    const options = { ...(country === undefined ? {} : { defaultCountry: country }), extract: false };
    const parsed = parsePhoneNumberFromString(digits, options);
    // Numbering plans change faster than software is deployed: possible is enough.
    return parsed?.isPossible() ? parsed : undefined;
  };
  // Most of the world dials 00 for the plus; where a region has other plans for it, those come first.
  const number = read(dialled) ?? read(dialled.replace(/^\s*\(?00\)?/, '+'));
  if (number === undefined) return undefined;
  return number.ext === undefined ? number.number : `${number.number};ext=${number.ext}`;
}
