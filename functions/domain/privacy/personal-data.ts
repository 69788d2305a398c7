import type { JsonObject } from '#domain/interaction/interaction.ts';
import { isObject } from '#domain/interaction/is-object.ts';

/**
 * Reserved traits of the Segment spec that name or describe a person (https://segment.com/docs/connections/spec/identify/#traits).
 * `createdAt` and `company` are about the relation, and stay.
 */
const personalTraits = new Set(
  'address age avatar birthday description email firstname gender id lastname name phone title username website'.split(
    ' ',
  ),
);

/** Fields that hold a direct identifier wherever they stand: in properties, in context, in a nested object. */
const identifierFields = new Set(
  (
    'email emailaddress mail phone phonenumber mobile mobilenumber firstname lastname fullname username birthday birthdate ' +
    'dateofbirth address street streetaddress shippingaddress billingaddress ip ipaddress userid anonymousid ' +
    'advertisingid deviceid idfa idfv aaid token devicetoken externalids externalid ssn passport'
  ).split(' '),
);

// Also in its URL-encoded form, because page addresses carry it so. The look-behind keeps long texts linear: without it a
// search starts at every character of a word.
const emailAddress = /(?<![\p{L}\p{N}._+\-'])[\p{L}\p{N}._+\-']+(?:@|%40)[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/giu;
const phoneNumber = /(?<![\w.-])(?:\+|%2B)\d[\d ().-]{7,18}\d(?!\w)/gi;

/** Whether a trait is personal: it stays in the live profile and never enters the lake. */
export function isPersonalTrait(name: string): boolean {
  const plain = plainName(name);
  return personalTraits.has(plain) || isIdentifierField(name);
}

/** Traits without the personal ones, in any spelling (`first_name`), and without addresses inside other values. */
export function withoutPersonalTraits(traits: JsonObject): JsonObject {
  return fieldsOf(traits, isPersonalTrait);
}

/**
 * Properties or context without direct identifiers at any depth; what looks like an e-mail address or an international
 * phone number inside a text becomes `[removed]`. `context.traits` and `context.device.id` go too. Yes and no identify
 * nobody: `consent.categoryPreferences.email` stays.
 */
export function withoutPersonalData(object: JsonObject): JsonObject {
  return fieldsOf(object, (name, value) => typeof value !== 'boolean' && isIdentifierField(name));
}

/** A text without e-mail addresses and international phone numbers. */
export function withoutAddresses(text: string): string {
  return text.replace(emailAddress, '[removed]').replace(phoneNumber, '[removed]');
}

function fieldsOf(object: JsonObject, isPersonal: (name: string, value: unknown) => boolean): JsonObject {
  const kept = Object.entries(object).flatMap(([name, value]) => {
    if (isPersonal(name, value)) return [];
    if (plainName(name) === 'traits' && isObject(value)) return [];
    if (plainName(name) === 'device' && isObject(value)) {
      return [[withoutAddresses(name), withoutId(withoutPersonalData(value))]];
    }
    return [[withoutAddresses(name), scrubbed(value)]];
  });
  return Object.fromEntries(kept);
}

function scrubbed(value: unknown): unknown {
  if (typeof value === 'string') return withoutAddresses(value);
  if (Array.isArray(value)) return value.map(scrubbed);
  return isObject(value) ? withoutPersonalData(value) : value;
}

function withoutId(device: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(device).filter(([name]) => plainName(name) !== 'id'));
}

/** Whether a name ends in an identifier's, in any spelling: `email`, `billing_phone`, `shippingAddress1`, `user_ids`. */
function isIdentifierField(name: string): boolean {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '')
    .slice(-longestFieldWords);
  return words.some((_, index) => {
    const ending = words.slice(index).join('');
    return identifierFields.has(ending) || (ending.endsWith('s') && identifierFields.has(ending.slice(0, -1)));
  });
}

/** More words than the longest identifier has letters, so that `e-m-a-i-l` is found and a name of many words stays cheap. */
const longestFieldWords = 16;

function plainName(name: string): string {
  return name.toLowerCase().replace(/[^a-z]/g, '');
}
