import { compileRule } from '#domain/rule/rule.ts';
import { faultAt, type RuleFault } from '#domain/rule/rule-fault.ts';
import { ruleToSql } from '#domain/rule/rule-to-sql.ts';
import { compileSegments, segmentRules } from '#domain/segment/compiled-segments.ts';
import type { Catalogue } from './catalogue.ts';

/** Why a rule, which can be read, can't choose customers in the lake: it asks, itself or by a segment, what only live profiles know. */
export function lakeRuleFaults(source: string, segments: Catalogue['segments']): readonly RuleFault[] {
  const compiled = compileRule(source);
  if (compiled.kind === 'invalid') return compiled.faults;
  const rules = segmentRules(compileSegments([...segments.values()]));
  // Its length in SQL hardly depends on when it is asked.
  const made = ruleToSql(compiled.rule.expression, { nowMs: 0, segments: rules });
  return made.kind === 'sql' ? [] : [faultAt(source, made.reason, { start: 0, end: source.length })];
}
