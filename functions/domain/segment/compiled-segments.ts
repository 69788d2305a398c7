import type { Truth } from '#domain/rule/expression.ts';
import { segmentsNamed } from '#domain/rule/expression-parts.ts';
import { compileRule, type Rule } from '#domain/rule/rule.ts';
import type { Segment } from './segment.ts';

/** Segments ready to be asked, each after those that its rule names. */
export type CompiledSegments = readonly CompiledSegment[];

export interface CompiledSegment {
  readonly segmentId: string;
  readonly rule: Rule;
}

/**
 * Compiles segments. One whose rule has faults, that names itself through others, or that names such a one, is left out:
 * nobody is in it. The catalogue lets none of these in.
 */
export function compileSegments(
  segments: readonly Pick<Segment, 'segmentId' | 'rule'>[],
  compile: typeof compileRule = compileRule,
): CompiledSegments {
  const pending = new Map<string, { readonly compiled: CompiledSegment; readonly named: Set<string> }>();
  for (const { segmentId, rule: source } of segments) {
    const made = compile(source);
    if (made.kind === 'invalid') continue;
    pending.set(segmentId, {
      compiled: { segmentId, rule: made.rule },
      named: segmentsNamed(made.rule.expression),
    });
  }
  const ordered: CompiledSegment[] = [];
  for (;;) {
    const free = [...pending].filter(([, { named }]) => ![...named].some((other) => pending.has(other)));
    if (free.length === 0) return ordered;
    for (const [segmentId, { compiled }] of free) {
      ordered.push(compiled);
      pending.delete(segmentId);
    }
  }
}

/** The rules of segments for `ruleToSql`. */
export function segmentRules(segments: CompiledSegments): ReadonlyMap<string, Truth> {
  return new Map(segments.map(({ segmentId, rule }) => [segmentId, rule.expression]));
}
