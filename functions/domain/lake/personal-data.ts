import type { JsonObject } from '#domain/interaction/interaction.ts';
import { isObject } from '#domain/interaction/segment-request.ts';

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

// Also in its URL-encoded form, because page addresses carry it so.
const emailAddress = /[a-z0-9._+\-']+(?:@|%40)[a-z0-9-]+(?:\.[a-z0-9-]+)+/gi;
const phoneNumber = /(?<![\w.-])(?:\+|%2B)\d[\d ().-]{7,18}\d(?!\w)/gi;

/** Whether a trait is personal: it stays in the live profile and never enters the lake. */
export function isPersonalTrait(name: string): boolean {
  const plain = plainName(name);
  return personalTraits.has(plain) || identifierFields.has(plain);
}

/** Traits without the personal ones, in any spelling (`first_name`), and without addresses inside other values. */
export function withoutPersonalTraits(traits: JsonObject): JsonObject {
  return fieldsOf(traits, isPersonalTrait);
}

/**
 * Properties or context without direct identifiers at any depth; what looks like an e-mail address or an international
 * phone number inside a text becomes `[removed]`. `context.traits` and `context.device.id` go too.
 */
export function withoutPersonalData(object: JsonObject): JsonObject {
  return fieldsOf(object, (name) => identifierFields.has(plainName(name)));
}

/** A text without e-mail addresses and international phone numbers. */
export function withoutAddresses(text: string): string {
  return text.replace(emailAddress, '[removed]').replace(phoneNumber, '[removed]');
}

function fieldsOf(object: JsonObject, isPersonal: (name: string) => boolean): JsonObject {
  const kept = Object.entries(object).flatMap(([name, value]) => {
    if (isPersonal(name)) return [];
    if (plainName(name) === 'traits' && isObject(value)) return [];
    if (plainName(name) === 'device' && isObject(value)) return [[name, withoutId(withoutPersonalData(value))]];
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
  return Object.fromEntries(Object.entries(device).filter(([name]) => name !== 'id'));
}

function plainName(name: string): string {
  return name.toLowerCase().replace(/[^a-z]/g, '');
}
