/** What is wrong with a rule, and where. */
export interface RuleFault {
  /** What was found and what was expected. */
  readonly message: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
  /** UTF-16 units from there; at least 1. */
  readonly length: number;
}

/** A place in a source, in UTF-16 units. */
export interface SourceRange {
  readonly start: number;
  readonly end: number;
}

/** Stops the reading of a rule at its first fault; it never leaves this folder. */
export class RuleFaultError extends Error {
  readonly range: SourceRange;

  constructor(message: string, { start, end }: SourceRange) {
    super(message);
    this.name = 'RuleFaultError';
    this.range = { start, end };
  }
}

/** A fault at its line and column; what spans lines is marked to the end of its first. */
export function faultAt(source: string, message: string, { start, end }: SourceRange): RuleFault {
  const from = Math.min(start, source.length);
  const before = source.slice(0, from).split('\n');
  const lineEnd = source.indexOf('\n', from);
  const last = Math.min(end, lineEnd === -1 ? source.length : lineEnd);
  return {
    message,
    line: before.length,
    column: (before.at(-1)?.length ?? 0) + 1,
    length: Math.max(1, last - from),
  };
}

/** A fault where a source says a quoted text for the first time. */
export function faultAtText(source: string, text: string, message: string): RuleFault {
  const start = [`"${text}"`, `'${text}'`].map((quoted) => source.indexOf(quoted)).find((index) => index >= 0) ?? 0;
  return faultAt(source, message, { start, end: start + text.length + 2 });
}
