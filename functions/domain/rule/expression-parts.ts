import type { Expression } from './expression.ts';

/** The expression and all in it, from the outside in. */
export function* partsOf(expression: Expression): Generator<Expression> {
  yield expression;
  for (const part of directPartsOf(expression)) yield* partsOf(part);
}

/** Segments that a rule names. */
export function segmentsNamed(expression: Expression): Set<string> {
  const named = new Set<string>();
  for (const part of partsOf(expression)) if (part.kind === 'in-segment') named.add(part.segmentId);
  return named;
}

/** The parts that an expression is made of. */
export function directPartsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'and':
    case 'or':
    case 'compare-truths':
    case 'compare-numbers':
    case 'compare-texts':
    case 'compare-times':
    case 'compare-json':
    case 'arithmetic':
      return [expression.left, expression.right];
    case 'not':
    case 'negated':
    case 'has':
      return [expression.of];
    case 'truth-if':
    case 'number-if':
    case 'text-if':
      return [expression.condition, expression.yes, expression.no];
    case 'truth-of-json':
    case 'number-of-json':
    case 'text-of-json':
    case 'time-of-json':
      return [expression.json];
    case 'number-in':
      return [expression.number];
    case 'text-in':
      return [expression.text];
    case 'listed':
      return [expression.list];
    case 'days-since-time':
      return [expression.time];
    case 'truth-call':
    case 'number-call':
    case 'text-call':
    case 'time-call':
      return expression.parts;
    case 'truth':
    case 'in-segment':
    case 'number':
    case 'profile-number':
    case 'named-count':
    case 'purchase-number':
    case 'days-since-event':
    case 'text':
    case 'time':
    case 'profile-time':
    case 'purchase-time':
    case 'json':
      return [];
  }
}
