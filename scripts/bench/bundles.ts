import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import * as z from 'zod';
import { readAssembly } from '#local-cloud/template/assembly.ts';
import { median } from './table.ts';

/** Goals of DESIGN: a function's code, and what it may add to a cold start. */
export const largestGzipKilobytes = 300;
export const longestImportMs = 150;

/** What one function's bundle weighs. */
export interface Bundle {
  readonly name: string;
  readonly file: string;
  readonly kilobytes: number;
  readonly gzipKilobytes: number;
  /** The function's environment; what only a deployment knows is a placeholder. */
  readonly environment: Readonly<Record<string, string>>;
}

const LoopFunction = z.object({
  Code: z.object({ S3Key: z.string() }),
  Environment: z.object({ Variables: z.looseObject({ POWERTOOLS_SERVICE_NAME: z.string() }) }),
});

/** Weighs the bundle of each function in an assembly, the largest first. */
export function weighBundles(assemblyDirectory: string): Bundle[] {
  const { stacks, assets } = readAssembly(assemblyDirectory);
  const resources = stacks.flatMap((stack) => Object.values(stack.Resources));
  return resources
    .filter(({ Type }) => Type === 'AWS::Lambda::Function')
    .map(({ Properties }) => {
      const { Code, Environment } = LoopFunction.parse(Properties);
      const folder = assets.get(Code.S3Key);
      if (folder === undefined) throw new Error(`The assembly has no asset ${Code.S3Key}`);
      const file = join(folder, 'index.mjs');
      const code = readFileSync(file);
      return {
        name: Environment.Variables.POWERTOOLS_SERVICE_NAME,
        file,
        kilobytes: code.length / 1024,
        gzipKilobytes: gzipSync(code).length / 1024,
        environment: Object.fromEntries(
          Object.entries(Environment.Variables).map(([variable, value]) => [
            variable,
            typeof value === 'string' ? value : 'placeholder',
          ]),
        ),
      };
    })
    .sort((a, b) => b.gzipKilobytes - a.gzipKilobytes);
}

/** Milliseconds to import a bundle in a fresh process, without the start of Node itself: the median of five. */
export function importMsOf({ file, environment }: Bundle): number {
  const url = JSON.stringify(pathToFileURL(file).href);
  const script = `const t = performance.now(); await import(${url}); console.log(performance.now() - t);`;
  const times = Array.from({ length: 5 }, () =>
    Number(
      execFileSync(process.execPath, ['--input-type=module', '--eval', script], {
        env: { ...environment, AWS_REGION: 'us-east-1' },
        encoding: 'utf8',
      }),
    ),
  );
  return median(times);
}
