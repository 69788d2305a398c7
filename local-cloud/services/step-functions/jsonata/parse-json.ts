import { argumentError } from './argument-error.ts';

/** `$parse`: JSON and nothing beside it. A repeated name, or a number that no double holds, is no JSON to Step Functions. */
export function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text, (_, member: unknown) => {
      if (typeof member === 'number' && !Number.isFinite(member)) throw new SyntaxError('the number is too large');
      return member;
    });
    if (namesIn(text) > membersOf(value)) throw new SyntaxError('a name is repeated');
    return value;
  } catch {
    throw argumentError('Invalid JSON');
  }
}

/** How many names of members a text in JSON has: texts that a colon follows. */
function namesIn(text: string): number {
  return [...text.matchAll(/"(?:[^"\\]|\\.)*"\s*(:)?/g)].filter(([, colon]) => colon !== undefined).length;
}

function membersOf(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const inner = Object.values(value).reduce((sum: number, member: unknown) => sum + membersOf(member), 0);
  return inner + (Array.isArray(value) ? 0 : Object.keys(value).length);
}
