import { relative } from 'node:path';
import type { Reporter, TestModule, Vitest } from 'vitest/node';

/** What of a test file the reporter looks at. */
export type SkippingModule = Pick<TestModule, 'moduleId'> & {
  readonly children: { allTests(state: 'skipped'): Iterable<{ readonly fullName: string }> };
};

/** Says at the end of a run which tests did not run, by file: a run without its real data must not look whole. */
export class SkippedReporter implements Reporter {
  /** Names that were asked for skip all others on purpose. */
  private isAskedByName = false;

  onInit({ config }: Pick<Vitest, 'config'>): void {
    this.isAskedByName = config.testNamePattern !== undefined;
  }

  onTestRunEnd(modules: readonly SkippingModule[]): void {
    const lines = this.isAskedByName ? [] : skippedLines(modules);
    if (lines.length > 0) process.stdout.write(`\nNot run:\n${lines.join('\n')}\n`);
  }
}

/** "tests/unit/x.test.ts: 3 tests, of the CDNOW sample": what was skipped, by file and by what stands together. */
export function skippedLines(modules: readonly SkippingModule[]): string[] {
  return modules.flatMap(({ moduleId, children }) => {
    const skipped = [...children.allTests('skipped')].map(({ fullName }) => fullName.split(' > ')[0] ?? fullName);
    return [...Map.groupBy(skipped, (title) => title)].map(
      ([title, own]) => `  ${relative(process.cwd(), moduleId)}: ${own.length} of “${title}”`,
    );
  });
}
