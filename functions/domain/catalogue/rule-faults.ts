import type { Expression } from '#domain/rule/expression.ts';
import { partsOf, segmentsNamed } from '#domain/rule/expression-parts.ts';
import { compileRule, compileValue } from '#domain/rule/rule.ts';
import { faultAt, type RuleFault } from '#domain/rule/rule-fault.ts';
import type { Catalogue } from './catalogue.ts';
import type { ItemFault } from './item-fault.ts';
import type { ParsedItem } from './parsed-item.ts';
import { type RulePlace, rulesOf } from './rules-of-item.ts';
import { segmentsInRule } from './segments-in-rule.ts';

/** What is wrong with the rules of an item: each fault with its line, its column and the place itself. */
export function ruleFaultsOf(parsed: ParsedItem, catalogue: Catalogue): readonly ItemFault[] {
  return rulesOf(parsed).flatMap((place) => {
    const compiled = place.gives === 'truth' ? compileRule(place.source) : compileValue(place.source);
    if (compiled.kind === 'invalid') return compiled.faults.map((fault) => shown(place, fault));
    const { expression } = compiled.kind === 'rule' ? compiled.rule : compiled.value;
    const named = [...segmentsNamed(expression)];
    const missing = named
      .filter((id) => !catalogue.segments.has(id))
      .map((id) => shown(place, faultAtText(place.source, id, `There is no segment "${id}"`)));
    if (parsed.kind !== 'segments') return missing;
    const circle = named
      .filter((id) => leadsTo(parsed.item.segmentId, id, catalogue))
      .map((id) => shown(place, faultAtText(place.source, id, `"${id}" leads back to this segment`)));
    return [...missing, ...circle, ...momentary(place, expression)];
  });
}

/** A segment is what a customer is in whatever happens at a touchpoint: its rule can't ask for the moment or an offer. */
function momentary(place: RulePlace, expression: Expression): readonly ItemFault[] {
  const asked = [...partsOf(expression)].flatMap((part) => (part.kind === 'json' ? [part.document] : []));
  return (['context', 'offer'] as const)
    .filter((document) => asked.includes(document))
    .map((document) => {
      const start = place.source.search(new RegExp(`\\b${document}\\b`));
      const range = { start, end: start + document.length };
      return shown(place, faultAt(place.source, `The rule of a segment can't ask about the ${document}`, range));
    });
}

/** A rule's fault as an item's: the line it is in, and marks below what is meant. */
function shown({ path, source }: RulePlace, { message, line, column, length }: RuleFault): ItemFault {
  const text = source.split('\n')[line - 1] ?? '';
  // Tabs stay tabs, so that the marks stand where they belong.
  const indent = text.slice(0, column - 1).replace(/[^\t]/g, ' ');
  return { path: path.join('.'), message, line, column, length, shown: `${text}\n${indent}${'^'.repeat(length)}` };
}

/** A fault where a source says a quoted text for the first time. */
function faultAtText(source: string, text: string, message: string): RuleFault {
  const start = [`"${text}"`, `'${text}'`].map((quoted) => source.indexOf(quoted)).find((index) => index >= 0) ?? 0;
  return faultAt(source, message, { start, end: start + text.length + 2 });
}

/** Whether the rule of a segment, or of one that it names, asks about the target. */
function leadsTo(
  target: string,
  from: string,
  { segments }: Pick<Catalogue, 'segments'>,
  seen = new Set<string>(),
): boolean {
  if (from === target) return true;
  if (seen.has(from)) return false;
  seen.add(from);
  const rule = segments.get(from)?.rule;
  if (rule === undefined) return false;
  return [...segmentsInRule({ source: rule, gives: 'truth' })].some((next) =>
    leadsTo(target, next, { segments }, seen),
  );
}
