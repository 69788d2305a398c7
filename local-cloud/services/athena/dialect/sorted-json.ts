/** Trino's json_parse: compact, with the keys of every object in their order. Throws a SyntaxError on what is no JSON. */
export function sortedJson(json: string): string {
  const value: unknown = JSON.parse(json, (_key, item, context?: { source?: string }) => {
    if (typeof item === 'number' && !Number.isSafeInteger(item) && /^-?\d+$/.test(context?.source ?? '')) {
      throw new RangeError('json_parse of an integer over 2^53 (local Athena)');
    }
    return item;
  });
  return JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'object' && item !== null && !Array.isArray(item)
      ? Object.fromEntries(Object.entries(item).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : item,
  );
}
