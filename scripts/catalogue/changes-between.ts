import { isObject } from '#domain/text/is-object.ts';

/** Most characters that are shown of a value. */
const longest = 60;
/** Characters before the first difference of two long values. */
const before = 15;

/** What differs between two versions of an item, a line a field: `limit: 5000 → 4000`. */
export function changesBetween(was: unknown, is: unknown, path: readonly string[] = []): readonly string[] {
  if (JSON.stringify(was) === JSON.stringify(is)) return [];
  const isParted = (isObject(was) && isObject(is)) || (isListOfParts(was) && isListOfParts(is));
  if (!isParted) return [`${path.join('.')}: ${shownPair(was, is)}`];
  const [old, now] = [new Map(Object.entries(was)), new Map(Object.entries(is))];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((key) =>
    changesBetween(old.get(key), now.get(key), [...path, key]),
  );
}

/** A list of objects is compared element by element, one of texts and numbers as a whole. */
function isListOfParts(value: unknown): value is readonly object[] {
  return Array.isArray(value) && value.length > 0 && value.every((each) => isObject(each));
}

function shownPair(was: unknown, is: unknown): string {
  const [old, now] = [textOf(was), textOf(is)];
  const isLong = Math.max(old.length, now.length) > longest;
  const same = [...old].findIndex((sign, index) => sign !== now[index]);
  const from = isLong ? Math.max(0, (same < 0 ? old.length : same) - before) : 0;
  return `${cut(old, from)} → ${cut(now, from)}`;
}

function cut(text: string, from: number): string {
  const end = from + longest;
  return `${from > 0 ? '…' : ''}${text.slice(from, end)}${text.length > end ? '…' : ''}`;
}

const textOf = (value: unknown) => (value === undefined ? 'nothing' : JSON.stringify(value));
