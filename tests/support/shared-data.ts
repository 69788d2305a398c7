import { existsSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '../../../shared/data');

/** The path of a real data file beside the repository, or a reason to skip. */
export function sharedData(path: string): { readonly file: string; readonly missing: string | false } {
  const file = join(folder, path);
  return { file, missing: existsSync(file) ? false : `skipped: ../shared/data/${path} is not beside this repository` };
}
