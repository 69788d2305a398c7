import { isObject } from '#domain/text/is-object.ts';
import type { Json } from './expression.ts';
import type { RuleFacts } from './rule-facts.ts';

/** Finds a value in a document of the facts: `undefined` when it is missing or null. */
export function jsonReader({ document, path: [first, ...rest] }: Json): (facts: RuleFacts) => unknown {
  const root = rootReader(document, first);
  if (rest.length === 0) return (facts) => root(facts) ?? undefined;
  return (facts) => {
    let value = root(facts);
    for (const name of rest) value = fieldOf(value, name);
    return value ?? undefined;
  };
}

function rootReader(document: Json['document'], name: string): (facts: RuleFacts) => unknown {
  switch (document) {
    case 'traits':
      return (facts) => facts.profile.traits.get(name);
    case 'personal':
      return (facts) => facts.profile.personal.get(name);
    case 'context':
      return (facts) => fieldOf(facts.context, name);
    case 'offer':
      return (facts) => fieldOf(facts.offer, name);
  }
}

function fieldOf(value: unknown, name: string): unknown {
  return isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}
