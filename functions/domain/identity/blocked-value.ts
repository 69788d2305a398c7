import { isNobody, plainValue } from './names-nobody.ts';

/** Tells the values that name nobody. */
export type BlockedPattern = (value: string) => boolean;

/** A test for values: equal to one of the values or like one of the patterns with `*`, both folded, or a name of nobody. */
export function blockedPattern(values: readonly string[]): BlockedPattern {
  const exact = new Set(values.filter((value) => !value.includes('*')).map(foldedValue));
  const patterns = values.filter((value) => value.includes('*')).map(patternOf);
  return (value) => {
    const plain = plainValue(value);
    const text = plain.toLowerCase();
    return exact.has(text) || isNobody(plain) || patterns.some((matches) => matches(text));
  };
}

function foldedValue(text: string): string {
  return plainValue(text).toLowerCase();
}

/** Finds the parts between the stars one after the other: linear, whatever the pattern, unlike a regular expression. */
function patternOf(pattern: string): BlockedPattern {
  const [first = '', ...rest] = foldedValue(pattern).split('*');
  const last = rest.pop() ?? '';
  return (text) => {
    if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
    let at = first.length;
    for (const part of rest) {
      const found = text.indexOf(part, at);
      if (found < 0) return false;
      at = found + part.length;
    }
    return at <= text.length - last.length;
  };
}
