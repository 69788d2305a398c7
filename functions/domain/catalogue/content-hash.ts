import { canonicalJson } from '#domain/text/canonical-json.ts';
import { hash32 } from '#domain/text/stable-hash.ts';

const seeds = [0x811c9dc5, 0x9747b28c, 0x1b873593, 0x85ebca6b] as const;

/** A hash of a JSON value whatever the order of its keys: 32 hex digits. It tells states apart; it protects nothing. */
export function contentHash(value: unknown): string {
  const text = canonicalJson(value) ?? '';
  return seeds.map((seed) => hash32(text, seed).toString(16).padStart(8, '0')).join('');
}
