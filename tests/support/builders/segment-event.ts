type Json = Record<string, unknown>;

/** A track call in the Segment wire format, as an SDK sends it. */
export function trackEvent(over: Json = {}): Json {
  return {
    type: 'track',
    messageId: 'm-1',
    userId: 'u-1',
    event: 'Product Viewed',
    timestamp: '2026-03-10T11:59:00.000Z',
    ...over,
  };
}

/** A track event whose JSON has exactly so many bytes of UTF-8. */
export function trackEventOfBytes(bytes: number, character = 'x'): Json {
  const empty = trackEvent({ properties: { filling: '' } });
  const missing = bytes - Buffer.byteLength(JSON.stringify(empty));
  const width = Buffer.byteLength(character);
  const filling = character.repeat(Math.floor(missing / width)) + 'x'.repeat(missing % width);
  return { ...empty, properties: { filling } };
}

/** An object that nests so many levels deep: `{a: {a: …}}`. */
export function nested(levels: number): Json {
  let value: Json = {};
  for (let level = 1; level < levels; level++) value = { a: value };
  return value;
}
