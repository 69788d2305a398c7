import { renameSync, writeFileSync } from 'node:fs';

/** Replaces a file in one step, for its owner's eyes only: who is killed meanwhile leaves the old one or the new one. */
export function writeWhole(path: string, text: string): void {
  writeFileSync(`${path}.new`, text, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
