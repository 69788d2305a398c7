import { build } from 'esbuild';
import { JSDOM, VirtualConsole } from 'jsdom';

/** A page of a shop in a browser, with a script bundled as a shop bundles it. */
export interface BrowserPage {
  /** Runs a script in the page. */
  run(script: string): void;
  close(): void;
}

/** Opens a page whose global `sdk` is what a package exports. Its requests are checked for their origin, as a browser's are. */
export async function openPage(sdkPackage: string): Promise<BrowserPage> {
  const { outputFiles } = await build({
    stdin: { contents: `export * from '${sdkPackage}'`, resolveDir: process.cwd() },
    bundle: true,
    format: 'iife',
    globalName: 'sdk',
    platform: 'browser',
    write: false,
    logLevel: 'silent',
  });
  const { window } = new JSDOM('<!doctype html><title>Shop</title>', {
    url: 'http://shop.example/',
    runScripts: 'outside-only',
    pretendToBeVisual: true,
    virtualConsole: new VirtualConsole(),
  });
  // jsdom has no fetch; Node's knows no origin and so asks without one.
  Object.assign(window, { fetch, TextEncoder, TextDecoder, Response, Request, Headers });
  // Declarations of one script are no globals of the next one here.
  window.eval(`${outputFiles[0]?.text ?? ''}\nwindow.sdk = sdk;`);
  return { run: (script) => window.eval(script), close: () => window.close() };
}
