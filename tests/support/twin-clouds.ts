import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestCloud, type TestCloud } from './cloud.ts';

/** Two local clouds that give equal ids to equal things, so that what they store can be compared byte by byte. */
export interface TwinClouds {
  readonly one: TestCloud;
  readonly other: TestCloud;
  /** Does the same in both at once. */
  both<Result>(act: (cloud: TestCloud) => Promise<Result>): Promise<readonly [Result, Result]>;
  stop(): Promise<void>;
}

/** Starts two clouds with one identity key: an identifier names the same persona in each. */
export async function startTwinClouds(...args: string[]): Promise<TwinClouds> {
  const [state = '', twin = ''] = [1, 2].map(() => mkdtempSync(join(tmpdir(), 'lemniscate-twin-')));
  const one = await startTestCloud('--state', state, ...args);
  copyFileSync(join(state, 'secrets.json'), join(twin, 'secrets.json'));
  const other = await startTestCloud('--state', twin, ...args);
  return {
    one,
    other,
    both: (act) => Promise.all([act(one), act(other)]),
    async stop() {
      await Promise.all([one.stop(), other.stop()]);
      for (const folder of [state, twin]) rmSync(folder, { recursive: true, force: true });
    },
  };
}
