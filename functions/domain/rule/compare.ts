import type { Comparison } from './expression.ts';
import type { Reader } from './reader.ts';

/** A comparison of two values of one type, unknown when either is. */
export function compared<Value>(
  comparison: Comparison,
  left: Reader<Value>,
  right: Reader<Value>,
  order: (a: Value, b: Value) => number,
): Reader<boolean> {
  const holds = comparisons[comparison];
  return (facts) => {
    const a = left(facts);
    if (a === undefined) return undefined;
    const b = right(facts);
    return b === undefined ? undefined : holds(order(a, b));
  };
}

/** Two values of unknown type compare when they turn out to be finite numbers, texts or, for equality, truths alike. */
export function comparedJson(comparison: Comparison, left: Reader<unknown>, right: Reader<unknown>): Reader<boolean> {
  const holds = comparisons[comparison];
  return (facts) => {
    const [a, b] = [left(facts), right(facts)];
    if (typeof a === 'number' && typeof b === 'number') {
      // JSON's 1e999 is read as infinity, which is unknown to all other rules.
      return Number.isFinite(a) && Number.isFinite(b) ? holds(byNumber(a, b)) : undefined;
    }
    if (typeof a === 'string' && typeof b === 'string') return holds(byCodePoint(a, b));
    const isEquality = comparison === '==' || comparison === '!=';
    return isEquality && typeof a === 'boolean' && typeof b === 'boolean' ? holds(byNumber(a, b)) : undefined;
  };
}

/** The order of numbers, and of false before true. */
export const byNumber = (a: number | boolean, b: number | boolean): number => Number(a) - Number(b);

/** The order of UTF-8 and of Athena: UTF-16 units would put what lies beyond U+FFFF before U+E000. */
export function byCodePoint(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  for (let index = 0; index < length; index += 1) {
    const [left, right] = [a.charCodeAt(index), b.charCodeAt(index)];
    if (left === right) continue;
    return isSurrogate(left) === isSurrogate(right) ? left - right : isSurrogate(left) ? 1 : -1;
  }
  return a.length - b.length;
}

const isSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdfff;

const comparisons: Readonly<Record<Comparison, (order: number) => boolean>> = {
  '==': (order) => order === 0,
  '!=': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};
