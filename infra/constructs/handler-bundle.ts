import { globSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { Code } from 'aws-cdk-lib/aws-lambda';
import { buildSync } from 'esbuild';

/** The bundle of one handler as an asset. The first call bundles all handlers at once, which takes a second instead of one for each. */
export function handlerBundle(name: string): Code {
  bundles ??= bundleAll();
  return Code.fromAsset(join(bundles, name));
}

/** The handler's sources as an asset, for tests that look at templates only. */
export function handlerSources(name: string): Code {
  return Code.fromAsset(dirname(join(handlersFolder, fileOf(name))));
}

let bundles: string | undefined;

/** Handler files within their folder, `<stage>/<function>/handler.ts`. */
function handlerFiles(): string[] {
  return globSync('*/*/handler.ts', { cwd: handlersFolder }).sort();
}

function nameOf(file: string): string {
  return basename(dirname(file));
}

function fileOf(name: string): string {
  const file = handlerFiles().find((each) => nameOf(each) === name);
  if (file === undefined) throw new TypeError(`No folder of functions/handlers has a handler of the name ${name}`);
  return file;
}

const projectFolder = join(import.meta.dirname, '../..');
const handlersFolder = join(projectFolder, 'functions/handlers');

function bundleAll(): string {
  // Source maps hold paths relative to the output: one that never changes keeps the assets' hashes equal everywhere.
  const outdir = join(projectFolder, 'bundles');
  const { outputFiles } = buildSync({
    entryPoints: handlerFiles().map((file) => ({ in: join(handlersFolder, file), out: `${nameOf(file)}/index` })),
    outdir,
    outExtension: { '.js': '.mjs' },
    absWorkingDir: projectFolder,
    bundle: true,
    write: false,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    minify: true,
    sourcemap: true,
    sourcesContent: false,
    legalComments: 'none',
    logLevel: 'warning',
    // CommonJS packages inside an ES module call `require` for Node's own modules.
    banner: {
      js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
    },
  });
  const folder = mkdtempSync(join(tmpdir(), 'lemniscate-bundles-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const { path, contents } of outputFiles) {
    const file = join(folder, basename(dirname(relative(outdir, path))), basename(path));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, contents);
  }
  return folder;
}
