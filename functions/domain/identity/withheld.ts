import type { Interaction } from '#domain/interaction/interaction.ts';
import { isPersonalTrait } from '#domain/privacy/personal-data.ts';
import { isObject } from '#domain/text/is-object.ts';
import type { JsonObject } from '#domain/text/json-object.ts';
import type { IdentifierCatalogue } from './identifier-catalogue.ts';

const removed = '[removed]';

/**
 * An interaction without the values that a stage maps to personal types: only their keyed hashes go on. The lake's own rule
 * knows the usual names (`email`, `billing_phone`), not those that a mapping names. A reserved or so named trait stays, for
 * the live profile keeps it and the lake does not.
 */
export function withheld(interaction: Interaction, { types, mappingsAt }: IdentifierCatalogue): Interaction {
  let kept = interaction;
  for (const { from, type, isDefault } of mappingsAt(interaction.touchpoint)) {
    if (isDefault || types.get(type)?.personal !== true) continue;
    const [root, first = '', ...rest] = from.split('.');
    if (root === 'properties') kept = { ...kept, properties: withoutValue(kept.properties, [first, ...rest]) };
    if (root === 'context') kept = { ...kept, context: withoutValue(kept.context, [first, ...rest]) };
    if (root === 'traits' && !(rest.length === 0 && isPersonalTrait(first))) {
      kept = { ...kept, traits: withoutValue(kept.traits, [first, ...rest]) };
    }
  }
  return kept;
}

function withoutValue(object: JsonObject, [field = '', ...rest]: readonly string[]): JsonObject {
  if (!Object.hasOwn(object, field)) return object;
  const value = object[field];
  if (rest.length === 0) return { ...object, [field]: removed };
  return isObject(value) ? { ...object, [field]: withoutValue(value, rest) } : object;
}
