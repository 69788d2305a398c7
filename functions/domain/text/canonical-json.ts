import { byCodeUnit } from './bounded-map.ts';

/** JSON that nests deeper is not kept; the door refuses it before. */
const deepest = 32;

/** The one JSON text of a value: keys sorted, no white space; `undefined` when it nests too deep or is no JSON. */
export function canonicalJson(value: unknown): string | undefined {
  try {
    return textOf(value, 1);
  } catch (error) {
    if (error instanceof TooDeepError) return undefined;
    throw error;
  }
}

class TooDeepError extends Error {}

function textOf(value: unknown, depth: number): string | undefined {
  if (typeof value !== 'object' || value === null) return primitiveText(value);
  if (depth > deepest) throw new TooDeepError();
  if (Array.isArray(value)) return `[${value.map((element) => textOf(element, depth + 1) ?? 'null').join(',')}]`;
  const fields = Object.entries(value).sort(([a], [b]) => byCodeUnit(a, b));
  const texts = fields.flatMap(([key, field]) => {
    const text = textOf(field, depth + 1);
    return text === undefined ? [] : [`${JSON.stringify(key)}:${text}`];
  });
  return `{${texts.join(',')}}`;
}

function primitiveText(value: unknown): string | undefined {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value.toWellFormed());
    case 'number':
    case 'boolean':
    case 'object':
      return JSON.stringify(value);
    default:
      return undefined;
  }
}
