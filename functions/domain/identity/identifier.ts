/** Types of identifiers that name a customer. `customer_id` is the id that Lemniscate itself gives. */
export const identifierTypes = ['user_id', 'anonymous_id', 'customer_id'] as const;
export type IdentifierType = (typeof identifierTypes)[number];

/** The door takes no longer ids, and a DynamoDB key holds 2,048 bytes. In UTF-16 code units. */
const longestValue = 255;

/** A typed value that names a customer. */
export interface Identifier {
  readonly type: IdentifierType;
  readonly value: string;
}

/** Why a text names nobody. */
export interface IdentifierFault {
  readonly kind: 'malformed';
  readonly message: string;
}

/** Reads `{type}:{value}`; the value may hold colons. */
export function readIdentifier(text: string): ({ readonly kind: 'identifier' } & Identifier) | IdentifierFault {
  const colon = text.indexOf(':');
  const value = text.slice(colon + 1);
  const type = identifierTypes.find((known) => known === text.slice(0, colon));
  if (type === undefined || colon < 0 || value === '' || value.length > longestValue) {
    const types = identifierTypes.join(', ');
    const message = `Expected {type}:{value} with a type of ${types} and a value of at most ${longestValue} characters.`;
    return { kind: 'malformed', message };
  }
  return { kind: 'identifier', type, value };
}
