import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { synthesize } from '#scripts/run/synthesize.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Folder of the cloud assembly that the run's loop tests share. */
    assembly: string;
  }
}

/** Synthesizes the app once for all loop tests of a run, in a folder of their own. */
export async function setup(project: TestProject): Promise<() => void> {
  const assembly = mkdtempSync(join(tmpdir(), 'lemniscate-assembly-'));
  await synthesize(['--output', assembly]);
  project.provide('assembly', assembly);
  return () => rmSync(assembly, { recursive: true, force: true });
}
