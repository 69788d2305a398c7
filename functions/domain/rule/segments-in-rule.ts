import type { RulePlace } from '#domain/vocabulary/rule-place.ts';
import { segmentsNamed } from './expression-parts.ts';
import { compileRule, compileValue } from './rule.ts';

/** Ids of the segments that a rule asks about, each once; none for a rule that can't be read. */
export function segmentsInRule({ source, gives }: Pick<RulePlace, 'source' | 'gives'>): ReadonlySet<string> {
  // Most rules name none: that is seen without reading them.
  if (!source.includes('in_segment')) return new Set();
  if (gives === 'truth') {
    const compiled = compileRule(source);
    return compiled.kind === 'rule' ? segmentsNamed(compiled.rule.expression) : new Set();
  }
  const compiled = compileValue(source);
  return compiled.kind === 'value' ? segmentsNamed(compiled.value.expression) : new Set();
}
