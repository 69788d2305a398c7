import type { Expression } from '#domain/rule/expression.ts';
import { partsOf, segmentsNamed } from '#domain/rule/expression-parts.ts';
import { faultAt, faultAtText, type RuleFault } from '#domain/rule/rule-fault.ts';
import { segmentsInRule } from '#domain/rule/segments-in-rule.ts';
import type { Catalogue } from './catalogue.ts';

type Segments = Catalogue['segments'];

/** What other rules may do and a segment's may not: lead in a circle of segments, or ask about the moment. */
export function segmentRuleFaults(
  id: string,
  source: string,
  expression: Expression,
  segments: Segments,
): readonly RuleFault[] {
  const circle = [...segmentsNamed(expression)]
    .filter((named) => leadsTo(id, named, segments))
    .map((named) => faultAtText(source, named, `"${named}" leads back to this segment`));
  return [...circle, ...momentary(source, expression)];
}

/** A segment is what a customer is in whatever happens at a touchpoint: its rule can't ask for the moment or an offer. */
function momentary(source: string, expression: Expression): readonly RuleFault[] {
  const asked = [...partsOf(expression)].flatMap((part) => (part.kind === 'json' ? [part.document] : []));
  return (['context', 'offer'] as const)
    .filter((document) => asked.includes(document))
    .map((document) => {
      const start = source.search(new RegExp(`\\b${document}\\b`));
      const range = { start, end: start + document.length };
      return faultAt(source, `The rule of a segment can't ask about the ${document}`, range);
    });
}

/** Whether the rule of a segment, or of one that it names, asks about the target. */
function leadsTo(target: string, from: string, segments: Segments, seen = new Set<string>()): boolean {
  if (from === target) return true;
  if (seen.has(from)) return false;
  seen.add(from);
  const rule = segments.get(from)?.rule;
  if (rule === undefined) return false;
  return [...segmentsInRule({ source: rule, gives: 'truth' })].some((next) => leadsTo(target, next, segments, seen));
}
