import { segmentsNamed } from '#domain/rule/expression-parts.ts';
import { itemFaultOf } from '#domain/rule/item-fault-of.ts';
import { compileRule, compileValue } from '#domain/rule/rule.ts';
import { faultAtText } from '#domain/rule/rule-fault.ts';
import type { ItemFault } from '#domain/vocabulary/item-fault.ts';
import type { Catalogue } from './catalogue.ts';
import type { ParsedItem } from './parsed-item.ts';
import { rulesOf } from './rules-of-item.ts';

/** What is wrong with the rules of an item: each fault with its line, its column and the place itself. */
export function ruleFaultsOf(parsed: ParsedItem, catalogue: Catalogue): readonly ItemFault[] {
  return rulesOf(parsed).flatMap((place) => {
    const compiled = place.gives === 'truth' ? compileRule(place.source) : compileValue(place.source);
    if (compiled.kind === 'invalid') return compiled.faults.map((fault) => itemFaultOf(place, fault));
    const { expression } = compiled.kind === 'rule' ? compiled.rule : compiled.value;
    return [...segmentsNamed(expression)]
      .filter((id) => !catalogue.segments.has(id))
      .map((id) => itemFaultOf(place, faultAtText(place.source, id, `There is no segment "${id}"`)));
  });
}
