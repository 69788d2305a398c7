import type { IdentifierCatalogue } from './identifier-catalogue.ts';
import { customerIdType } from './identifier-type.ts';
import { longestValue, normaliseValue } from './normalise-value.ts';

/** A typed value, normalised, that names a customer. */
export interface Identifier {
  readonly type: string;
  readonly value: string;
  /** Whether it is the id that an alias gives up, read as a former id of its account: it may be no more than an anonymous id. */
  readonly isFormer?: true;
}

/** Why a text names nobody. */
export interface IdentifierFault {
  readonly kind: 'malformed';
  readonly message: string;
}

/** Reads `{type}:{value}` with a type of the catalogue or `customer_id`; the value may hold colons and is normalised. */
export function readIdentifier(
  text: string,
  catalogue: IdentifierCatalogue,
): ({ readonly kind: 'identifier' } & Identifier) | IdentifierFault {
  const colon = Math.max(0, text.indexOf(':'));
  const type = text.slice(0, colon);
  const value = text.slice(colon + 1);
  if (type === customerIdType && value !== '' && value.length <= longestValue)
    return { kind: 'identifier', type, value };
  const identifier = identifierFrom(type, value, catalogue);
  if (identifier !== undefined) return { kind: 'identifier', ...identifier };
  const isKnown = type === customerIdType || catalogue.types.has(type);
  const message = isKnown
    ? `Expected a ${type} that can name somebody; this value is malformed or blocked.`
    : `Expected {type}:{value} with a type of ${[customerIdType, ...catalogue.types.keys()].join(', ')}.`;
  return { kind: 'malformed', message };
}

/** Whether an identifier names a person, not a browser or a device, of which one customer may have any number. */
export function namesPerson({ type }: Pick<Identifier, 'type'>, { types }: IdentifierCatalogue): boolean {
  return types.get(type)?.most !== null;
}

/** The identifier that a text of a type is; `undefined` for an unknown type and for values that name nobody. */
export function identifierFrom(typeName: string, text: string, catalogue: IdentifierCatalogue): Identifier | undefined {
  const type = catalogue.types.get(typeName);
  if (type === undefined || isBlocked(typeName, text, catalogue)) return undefined;
  const value = normaliseValue(text, type.normalise, catalogue.region);
  if (value === undefined) return undefined;
  // Also after normalisation: `+49 000-0000` is the same nobody as `+490000000`.
  return value !== text && isBlocked(typeName, value, catalogue) ? undefined : { type: typeName, value };
}

function isBlocked(type: string, text: string, catalogue: IdentifierCatalogue): boolean {
  return catalogue.blocked.get(type)?.(text) ?? true;
}
