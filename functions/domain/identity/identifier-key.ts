/** An identifier as everything past the door knows it: its type and the keyed hash of its value, `type:hash`. */
export function identifierKey(type: string, hash: string): string {
  return `${type}:${hash}`;
}

/** The parts of a key. Throws a TypeError for a text that is none. */
export function partsOfKey(key: string): { readonly type: string; readonly hash: string } {
  const [, type, hash] = shape.exec(key) ?? [];
  if (type === undefined || hash === undefined) throw new TypeError('Expected an identifier as type:hash');
  return { type, hash };
}

/** The persona that an identifier names: its keyed hash as a UUID of version 8 (RFC 9562: vendor-specific). */
export function personaOfKey(key: string): string {
  return personaOfHash(partsOfKey(key).hash);
}

/** 32 hex digits as a UUID of version 8, variant bits set. */
export function personaOfHash(hex: string): string {
  const variant = ((Number.parseInt(hex.charAt(16), 16) & 0x3) | 0x8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20)}`;
}

const shape = /^([a-z][a-z0-9_]{0,31}):([0-9a-f]{32})$/;
