/** What tests use of jsdom: its own types bring a browser's globals, which would take the place of Node's. */
declare module 'jsdom' {
  export class VirtualConsole {}
  export class JSDOM {
    constructor(
      html: string,
      options: { url: string; runScripts: 'outside-only'; pretendToBeVisual: boolean; virtualConsole: VirtualConsole },
    );
    readonly window: { eval(script: string): unknown; close(): void };
  }
}
