/** Ids and names as text: a number is spelled out, an empty or overlong one (over 200 characters) is none. */
export function idText(value: unknown): string | undefined {
  const text = typeof value === 'number' && Number.isFinite(value) ? String(value) : value;
  return typeof text === 'string' && text.trim() !== '' && text.length <= 200 ? text.trim() : undefined;
}
