import type { Interaction } from '#domain/interaction/interaction.ts';
import { isObject } from '#domain/text/is-object.ts';
import { type Identifier, identifierFrom } from './identifier.ts';
import type { IdentifierCatalogue } from './identifier-catalogue.ts';

/** More identifiers than an interaction of a person has; those of the highest priorities count. */
export const mostIdentifiers = 16;

/** What of an interaction names somebody. */
export type Naming = Pick<
  Interaction,
  'type' | 'touchpoint' | 'userId' | 'anonymousId' | 'previousId' | 'properties' | 'traits' | 'context'
>;

/**
 * The identifiers that an interaction carries, normalised, each once, the primary one first: by priority, and among equal
 * priorities by the order of the mappings. Blocked and malformed values are no identifiers. A group call's traits are the
 * group's, and the group itself names nobody.
 */
export function identifiersOf(interaction: Naming, catalogue: IdentifierCatalogue): readonly Identifier[] {
  const found = new Map<string, Identifier>();
  for (const { type, value } of [...mapped(interaction, catalogue), ...external(interaction)]) {
    const identifier = identifierFrom(type, textOf(value), catalogue);
    if (identifier !== undefined) found.set(`${identifier.type}:${identifier.value}`, identifier);
  }
  const priority = ({ type }: Identifier) => catalogue.types.get(type)?.priority ?? 0;
  const byPriority = [...found.values()].sort((a, b) => priority(b) - priority(a));
  const former = formerOf(interaction, byPriority, catalogue);
  const [primary, ...others] = byPriority;
  return (primary === undefined || former === undefined ? byPriority : [primary, former, ...others]).slice(
    0,
    mostIdentifiers,
  );
}

/**
 * The other reading of an alias' previous id: the Segment spec allows an anonymous id and a former user id, and no text shows
 * which it is. Read so only beside the user id that leads, of whose type it then is, and where a stage says nothing else of it.
 */
function formerOf(
  interaction: Naming,
  [primary, ...others]: readonly Identifier[],
  catalogue: IdentifierCatalogue,
): Identifier | undefined {
  if (interaction.type !== 'alias' || primary === undefined) return undefined;
  const mappings = catalogue.mappingsAt(interaction.touchpoint);
  const isUser = mappings
    .filter(({ from, type }) => from === 'userId' && type === primary.type)
    .some(({ type }) => identifierFrom(type, textOf(interaction.userId), catalogue)?.value === primary.value);
  const isDefault = mappings.some((mapping) => mapping.from === 'previousId' && mapping.isDefault);
  const former = identifierFrom(primary.type, textOf(interaction.previousId), catalogue);
  if (!isUser || !isDefault || former === undefined) return undefined;
  const isNamed = [primary, ...others].some(({ type, value }) => type === former.type && value === former.value);
  return isNamed ? undefined : { ...former, isFormer: true };
}

interface Found {
  readonly type: string;
  readonly value: unknown;
}

function mapped(interaction: Naming, catalogue: IdentifierCatalogue): Found[] {
  return catalogue
    .mappingsAt(interaction.touchpoint)
    .map(({ from, type }) => ({ type, value: valueAt(interaction, from) }));
}

function valueAt(interaction: Naming, from: string): unknown {
  const [root = '', ...path] = from.split('.');
  let value: unknown = rootOf(interaction, root);
  for (const field of path) value = isObject(value) && Object.hasOwn(value, field) ? value[field] : undefined;
  return value;
}

function rootOf(interaction: Naming, root: string): unknown {
  switch (root) {
    case 'userId':
      return interaction.userId;
    case 'anonymousId':
      return interaction.anonymousId;
    case 'previousId':
      return interaction.type === 'alias' ? interaction.previousId : undefined;
    case 'properties':
      return interaction.properties;
    case 'traits':
      return interaction.type === 'group' ? interaction.context.traits : interaction.traits;
    case 'context':
      return interaction.context;
    default:
      return undefined;
  }
}

// https://segment.com/docs/engage/profiles/external-ids/ : [{id, type, collection: 'users', encoding: 'none'}]
function external({ context }: Naming): Found[] {
  const listed: readonly unknown[] = Array.isArray(context.externalIds)
    ? context.externalIds.slice(0, mostIdentifiers)
    : [];
  return listed.flatMap((entry) => {
    if (!isObject(entry) || typeof entry.type !== 'string') return [];
    if (entry.collection !== undefined && entry.collection !== 'users') return [];
    return [{ type: entry.type, value: entry.id }];
  });
}

/** Ids are texts; a number is spelled out. */
function textOf(value: unknown): string {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? String(value) : '';
  return typeof value === 'string' ? value : '';
}
