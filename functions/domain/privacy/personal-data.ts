import { isObject } from '#domain/text/is-object.ts';
import type { JsonObject } from '#domain/text/json-object.ts';
import { withoutPersonalText } from './personal-text.ts';

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
  [
    'email emailaddress mail phone phonenumber mobile mobilenumber mobilephone cellphone telephone tel msisdn fax',
    'firstname lastname fullname middlename maidenname surname givenname familyname nickname username cardholder recipient',
    'birthday birthdate dateofbirth dob birthyear placeofbirth',
    'address street streetaddress shippingaddress billingaddress ip ipaddress clientip remoteaddr',
    'latitude longitude lat lng lon latlng coordinates geolocation',
    'userid anonymousid advertisingid deviceid idfa idfv aaid gaid token devicetoken externalids externalid',
    'ssn passport passportnumber nationalid taxid driverslicense cardnumber creditcard creditcardnumber ccnumber cvv cvc iban accountnumber',
    'password passwd passphrase pwd secret apikey authorization cookie sessionid jwt otp pin',
    // As shops of other languages call them; marks are gone: prénom is prenom.
    'vorname nachname familienname benutzername anschrift strasse hausnummer telefon telefonnummer handynummer geburtsdatum geburtstag',
    'steuernummer steuerid sozialversicherungsnummer emailadresse mailadresse passwort',
    'nombre nombres apellido correo correoelectronico telefono celular movil direccion calle fechanacimiento fechadenacimiento dni nif nie curp contrasena',
    'nom prenom nomdefamille courriel adresse rue datenaissance datedenaissance motdepasse',
    'nome cognome indirizzo cellulare datanascita datadinascita codicefiscale sobrenome endereco nascimento cpf senha',
    'voornaam achternaam adres telefoon telefoonnummer geboortedatum bsn fornavn etternavn efternavn fornamn personnummer',
    'imie nazwisko pesel jmeno prijmeni datanarozenia etunimi sukunimi isim soyad',
    'имя фамилия отчество телефон почта адрес 姓名 電話 电话 邮箱 地址 氏名 住所 이름 전화번호 주소',
  ]
    .join(' ')
    .split(' ')
    .map((name) => name.normalize('NFC')),
);

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
 * Properties or context without direct identifiers at any depth; what leads to a person inside a text becomes
 * `[removed]`. `context.traits` and `context.device.id` go too. Yes and no identify
 * nobody: `consent.categoryPreferences.email` stays.
 */
export function withoutPersonalData(object: JsonObject): JsonObject {
  return fieldsOf(object, (name, value) => typeof value !== 'boolean' && isIdentifierField(name));
}

/** A text without addresses and numbers that lead to a person: see `withoutPersonalText`. */
export function withoutAddresses(text: string): string {
  return withoutPersonalText(text);
}

/** Whether a text, such as an id that somebody made of an address, leads to a person. */
export function leadsToPerson(text: string): boolean {
  return withoutPersonalText(text) !== text;
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
  // A number of so many digits is a phone's, or a card's, as a text of it would be.
  if (typeof value === 'number' && leadsToPerson(String(value))) return withoutPersonalText(String(value));
  return isObject(value) ? withoutPersonalData(value) : value;
}

function withoutId(device: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(device).filter(([name]) => plainName(name) !== 'id'));
}

/** Whether a name ends in an identifier's, in any spelling: `email`, `billing_phone`, `shippingAddress1`, `user_ids`. */
function isIdentifierField(name: string): boolean {
  const words = withoutMarks(name)
    .replace(/([\p{Ll}0-9])(\p{Lu})/gu, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
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
  return withoutMarks(name)
    .toLowerCase()
    .replace(/[^a-z]/g, '');
}

/** Full-width letters as plain ones, and é as e: names of fields are compared without marks. */
function withoutMarks(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}]/gu, '')
    .normalize('NFC');
}
