/**
 * A text without what leads to a person: e-mail addresses, phone numbers, cards (Luhn), IBANs (mod 97), national ids of a written
 * form, IP addresses, JSON web tokens, and values of telling parameters of addresses; each becomes `[removed]`. Escaped once or
 * more they are found too. Names, street addresses and dates in running text are not: no rule tells them from other words. A UUID
 * stays as it is, unless an address's parameter says that it opens something: its digits look like a number once in a while.
 */
export function withoutPersonalText(text: string): string {
  if (!suspicious.test(text)) return text;
  return text
    .replace(tellingParameter, (_, name: string) => `${name}${removed}`)
    .split(uuid)
    .map((part, index) => (index % 2 === 0 ? withoutNumbers(part) : part))
    .join('');
}

/** What no pattern below does without: four digits (an address of IPv4 has no fewer), or a sign that the others are written with. */
const suspicious = /[@=%&:]|eyJ|(?:\d\D*){4}/;

/** In parentheses, so that a split by it keeps it. */
const uuid = /(?<![\w-])([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?![\w-])/i;

function withoutNumbers(text: string): string {
  let clean = text;
  for (const { pattern, isMeant } of patterns) {
    clean = clean.replace(pattern, (found) => (isMeant(found) ? removed : found));
  }
  return clean;
}

const removed = '[removed]';
const always = () => true;

// Look-behinds keep long texts linear: without them a search starts at every character of a word. Numbers of repeats are bounded.
const patterns: readonly { readonly pattern: RegExp; readonly isMeant: (found: string) => boolean }[] = [
  {
    pattern:
      /(?<![\p{L}\p{N}._+\-'])[\p{L}\p{N}._+\-']+(?:@|%(?:25){0,4}40|&#64;)[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/giu,
    isMeant: always,
  },
  { pattern: /(?<![\w.-])eyJ[\w-]{4,}\.[\w-]{4,}(?:\.[\w-]*)?/g, isMeant: always },
  {
    pattern: numbers(String.raw`(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?:GAP?[A-Z0-9]){11,30}(?![A-Za-z0-9])`),
    isMeant: isIban,
  },
  {
    pattern: numbers(String.raw`(?<![\w.])(?:\+|%(?:25){0,4}2B|(?<!-)00(?=GAP?[1-9]))\d?(?:GAP{0,2}\d){7,19}(?!\w)`),
    isMeant: always,
  },
  // National forms: with a leading zero and gaps, or as North Americans write them.
  { pattern: numbers(String.raw`(?<![\w.,:/+-])\(?0[1-9](?:GAP{0,2}\d){7,11}(?![\w:])`), isMeant: isNationalNumber },
  {
    pattern: numbers(String.raw`(?<![\w.-])(?:1GAP)?(?:\([2-9]\d{2}\)|[2-9]\d{2}GAP)GAP?[2-9]\d{2}GAP\d{4}(?![\w-])`),
    isMeant: always,
  },
  { pattern: numbers(String.raw`(?<![\w.])[2-6](?:GAP?\d){13,18}(?!\d)`), isMeant: isCard },
  // Social security (US), national insurance (UK), CPF (Brazil), codice fiscale (Italy), DNI and NIE (Spain).
  { pattern: /(?<![\w-])(?!000|666|9)\d{3}-(?!00)\d{2}-(?!0000)\d{4}(?![\w-])/g, isMeant: always },
  { pattern: /(?<!\w)[A-CEGHJ-PR-TW-Z]{2} ?\d{2} ?\d{2} ?\d{2} ?[A-D](?!\w)/g, isMeant: always },
  { pattern: /(?<![\w.])\d{3}\.\d{3}\.\d{3}-\d{2}(?!\w)/g, isMeant: always },
  { pattern: /(?<!\w)[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z](?!\w)/gi, isMeant: always },
  { pattern: /(?<!\w)(?:\d|[XYZ])\d{7}-?[A-Z](?!\w)/g, isMeant: isSpanishId },
  {
    pattern: /(?<![\w./-])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\w.-])/g,
    isMeant: always,
  },
  { pattern: /(?<![\w:.])(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}(?![\w:])/gi, isMeant: always },
  { pattern: /(?<![\w:.])(?:[0-9a-f]{1,4}:){2,6}(?::[0-9a-f]{1,4}){1,5}(?![\w:])/gi, isMeant: always },
];

/** Parameters of addresses whose values open something or name somebody. */
const tellingParameter =
  /([?&#;](?:[\w.-]{0,40}[_.-])?(?:access_?token|id_?token|token|jwt|session(?:_?id)?|sid|phpsessid|jsessionid|sig|signature|secret|pass(?:word)?|pwd|api_?key|auth|authorization|otp|code|reset|invite|magic|e?mail|phone|tel|mobile|ssn|iban|dob|birthday|(?:first|last|user|full)_?name|user_?id|anonymous_?id|device_?id)=)(?!\[removed\])[^&#;\s"'<>]+/gi;

/** An expression in which GAP is what people and programs write between the digits of a number, escaped or not. */
function numbers(source: string): RegExp {
  return new RegExp(source.replaceAll('GAP', String.raw`(?:[ ()./+\u00a0-]|%(?:25){0,3}(?:20|28|29|2D|2F))`), 'gi');
}

/** A day is no number, whatever its separators. */
function isNationalNumber(found: string): boolean {
  return !/^\d{2}[./-]\d{2}[./-]\d{2,4}/.test(found);
}

/** Luhn's check, of 14 to 19 digits: shorter ones are articles' numbers (EAN-13). */
function isCard(found: string): boolean {
  const digits = [...withoutGaps(found)].map(Number).reverse();
  const sum = digits.reduce((total, digit, index) => {
    const weighed = index % 2 === 0 ? digit : digit * 2;
    return total + (weighed > 9 ? weighed - 9 : weighed);
  }, 0);
  return digits.length >= 14 && sum % 10 === 0;
}

/** ISO 13616: the number with its first four characters last leaves 1 when it is divided by 97. */
function isIban(found: string): boolean {
  const plain = withoutGaps(found).toUpperCase();
  const digits = [...(plain.slice(4) + plain.slice(0, 4))].map((sign) => Number.parseInt(sign, 36));
  return plain.length >= 15 && digits.reduce((rest, value) => (rest * (value > 9 ? 100 : 10) + value) % 97, 0) === 1;
}

function withoutGaps(found: string): string {
  return found.replace(/%(?:25)*[0-9A-F]{2}|[^A-Za-z0-9]/gi, '');
}

function isSpanishId(found: string): boolean {
  const plain = found.replace('-', '').replace(/^[XYZ]/, (letter) => String('XYZ'.indexOf(letter)));
  return 'TRWAGMYFPDXBNJZSQVHLCKE'.charAt(Number(plain.slice(0, 8)) % 23) === plain.slice(8);
}
