import { segmentsNamed } from '#domain/rule/expression-parts.ts';
import { compileRule, compileValue } from '#domain/rule/rule.ts';
import { faultAtText, type RuleFault } from '#domain/rule/rule-fault.ts';
import type { ItemFault } from '#domain/vocabulary/item-fault.ts';
import type { RulePlace } from '#domain/vocabulary/rule-place.ts';
import type { Catalogue } from './catalogue.ts';
import type { IsThere } from './check-together.ts';
import { lakeRuleFaults } from './lake-rule-faults.ts';
import type { ParsedItem } from './parsed-item.ts';
import { rulesOf } from './rules-of-item.ts';
import { segmentRuleFaults } from './segment-rule-faults.ts';

/** What is wrong with the rules of an item: each fault with its line, its column and the place itself. */
export function ruleFaultsOf(
  parsed: ParsedItem,
  { segments }: Catalogue,
  isThere: IsThere = () => false,
): readonly ItemFault[] {
  return rulesOf(parsed).flatMap((place) => {
    const compiled = place.gives === 'truth' ? compileRule(place.source) : compileValue(place.source);
    if (compiled.kind === 'invalid') return compiled.faults.map((fault) => shown(place, fault));
    const { expression } = compiled.kind === 'rule' ? compiled.rule : compiled.value;
    const missing = [...segmentsNamed(expression)]
      .filter((id) => !segments.has(id) && !isThere('segments', id))
      .map((id) => faultAtText(place.source, id, `There is no segment "${id}"`));
    const own =
      place.ofSegment === undefined ? [] : segmentRuleFaults(place.ofSegment, place.source, expression, segments);
    const inLake = place.isOfLake === true ? lakeRuleFaults(place.source, segments) : [];
    return [...missing, ...own, ...inLake].map((fault) => shown(place, fault));
  });
}

/** A rule's fault as an item's: the line it is in, and marks below what is meant. */
function shown({ path, source }: RulePlace, { message, line, column, length }: RuleFault): ItemFault {
  const text = source.split('\n')[line - 1] ?? '';
  // Tabs stay tabs, so that the marks stand where they belong.
  const indent = text.slice(0, column - 1).replace(/[^\t]/g, ' ');
  return { path: path.join('.'), message, line, column, length, shown: `${text}\n${indent}${'^'.repeat(length)}` };
}
