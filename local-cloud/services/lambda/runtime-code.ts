import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';

/**
 * The program of a function's thread, `runtime.ts`, as one CommonJS text; made once a process. A thread that loads it from its
 * files strips types and reads all of zod anew, which takes it 100 ms, as often as a function crashes.
 */
export function runtimeCode(): string {
  code ??= bundle();
  return code;
}

let code: string | undefined;

function bundle(): string {
  const { outputFiles } = buildSync({
    entryPoints: [fileURLToPath(new URL('./runtime.ts', import.meta.url))],
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node24',
    format: 'cjs',
    minifySyntax: true,
    minifyWhitespace: true,
  });
  return outputFiles.map(({ text }) => text).join('');
}
