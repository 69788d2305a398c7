import type { Expression } from '#domain/rule/expression.ts';
import { partsOf } from '#domain/rule/expression-parts.ts';
import { compileRule, compileValue } from '#domain/rule/rule.ts';
import type { NameKind, NamesInUse } from '#domain/text/keeping.ts';
import type { RulePlace } from '#domain/vocabulary/rule-place.ts';
import type { Catalogue } from './catalogue.ts';
import { type ItemKind, itemKindNames } from './item-kinds.ts';
import { type ItemsByKind, kindDefinitions } from './kind-definitions.ts';

/**
 * The names that a catalogue's rules and offers ask customers' records for: a profile keeps them, however many others it is told
 * of. Rules that can't be read ask for nothing.
 */
export function namesInUse(catalogue: Catalogue): NamesInUse {
  const names = new Set<string>();
  const use = (kind: NameKind, name: string) => names.add(`${kind} ${name}`);
  for (const place of placesIn(catalogue)) {
    for (const part of expressionOf(place)) for (const [kind, name] of namesIn(part)) use(kind, name);
  }
  const channels = new Set([...catalogue.treatments.values()].map(({ channel }) => channel));
  // What is refused of a whole channel stays as what is asked for does.
  for (const channel of channels) for (const kind of ['*', 'address']) use('consents', `${kind}:${channel}`);
  for (const { purpose } of catalogue.offers.values()) {
    use('consents', purpose);
    for (const channel of channels) use('consents', `${purpose}:${channel}`);
  }
  return (kind, name) =>
    names.has(`${kind} ${name}`) || (kind === 'responses' && catalogue.treatments.has(name.split('|')[1] ?? ''));
}

function placesIn(items: ItemsByKind): readonly RulePlace[] {
  return itemKindNames.flatMap((kind) => placesOfKind(kind, items));
}

function placesOfKind<Kind extends ItemKind>(kind: Kind, items: ItemsByKind): readonly RulePlace[] {
  return [...items[kind].values()].flatMap((item) => kindDefinitions[kind].rules(item));
}

function expressionOf({ source, gives }: RulePlace): Iterable<Expression> {
  const compiled = gives === 'truth' ? compileRule(source) : compileValue(source);
  switch (compiled.kind) {
    case 'rule':
      return partsOf(compiled.rule.expression);
    case 'value':
      return partsOf(compiled.value.expression);
    case 'invalid':
      return [];
  }
}

function namesIn(part: Expression): readonly (readonly [NameKind, string])[] {
  switch (part.kind) {
    case 'json':
      return part.document === 'traits' || part.document === 'personal' ? [['traits', part.path[0]]] : [];
    case 'named-count':
      return part.map === 'types' ? [] : [[part.map, part.name]];
    case 'days-since-event':
      return [['events', part.event]];
    case 'purchase-number':
    case 'purchase-time':
      return [['currencies', part.currency]];
    case 'truth-call':
    case 'number-call':
    case 'text-call':
    case 'time-call':
      return part.asks ?? [];
    default:
      return [];
  }
}
