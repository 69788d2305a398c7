import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRunning } from '#scripts/target/announced-cloud.ts';

/**
 * Keeps a state directory for this process: two clouds would write over each other's. Who was killed holds nothing. Throws an
 * Error that names who holds it.
 */
export function holdState(directory: string): void {
  const file = join(directory, 'process');
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const holder = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  if (holder > 0 && isRunning(holder)) {
    throw new Error(
      `A local cloud runs on ${directory} already, process ${holder}: end it first, or keep the state of this one elsewhere, with --state DIR (should that process be no cloud, delete ${file})`,
    );
  }
  rmSync(file, { force: true });
  // Of two that begin at once, one finds it there.
  writeFileSync(file, String(process.pid), { flag: 'wx', mode: 0o600 });
}
