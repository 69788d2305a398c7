import { partsOfKey } from './identifier-key.ts';
import { defaultSharedDays, type IdentifierType } from './identifier-type.ts';

/** What the partition needs to know of each type: by name. */
export type IdentifierRules = ReadonlyMap<
  string,
  Pick<IdentifierType, 'priority' | 'most' | 'sharedAbove'> & Partial<Pick<IdentifierType, 'sharedDays'>>
>;

/** Most identifiers of one customer, of all types together: a link past it is refused. */
export const mostIdentifiersOfCustomer = 1000;
/** Most personas of one customer: a read takes their states in one BatchGetItem. */
export const mostPersonasOfCustomer = 100;

/** The rules of a key's type; those of a type that the catalogue no longer has are the weakest. */
export function rulesOfKey(key: string, rules: IdentifierRules) {
  const { type } = partsOfKey(key);
  const known = rules.get(type) ?? { priority: 0, most: null, sharedAbove: null };
  return { type, sharedDays: defaultSharedDays, ...known };
}
