import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { weighBundles } from '#scripts/bench/bundles.ts';

/**
 * A copy of an assembly in which one function's code has a fault: `right` became `wrong`, as if it had been deployed so. Throws an
 * Error unless the bundle has `right` exactly once.
 */
export function faultyAssembly(assembly: string, functionName: string, right: string, wrong: string): string {
  const bundle = weighBundles(assembly).find(({ name }) => name === functionName);
  if (bundle === undefined) throw new Error(`The assembly has no function ${functionName}`);
  const parts = readFileSync(bundle.file, 'utf8').split(right);
  if (parts.length !== 2) throw new Error(`The code of ${functionName} has ${right} ${parts.length - 1} times`);
  const copy = mkdtempSync(join(tmpdir(), 'lemniscate-faulty-'));
  cpSync(assembly, copy, { recursive: true });
  writeFileSync(join(copy, basename(join(bundle.file, '..')), 'index.mjs'), parts.join(wrong));
  return copy;
}
