/** Tells the values that name nobody. */
export type BlockedPattern = (value: string) => boolean;

// `0000`, `00000000-0000-0000-0000-000000000000`, `+000 000`, `--`.
const zeros = /^[0\s+_.:/-]*$/;

/** A test for values, case aside: equal to one of the values, like one of the patterns with `*`, or nothing but zeros. */
export function blockedPattern(values: readonly string[]): BlockedPattern {
  const exact = new Set(values.filter((value) => !value.includes('*')).map(folded));
  const patterns = values.filter((value) => value.includes('*')).map(patternOf);
  return (value) => {
    const text = folded(value);
    return zeros.test(text) || exact.has(text) || patterns.some((matches) => matches(text));
  };
}

/** Finds the parts between the stars one after the other: linear, whatever the pattern, unlike a regular expression. */
function patternOf(pattern: string): BlockedPattern {
  const [first = '', ...rest] = folded(pattern).split('*');
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

const folded = (text: string) => text.trim().toLowerCase();
