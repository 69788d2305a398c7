import type { Reporter, TestCase, TestModule, TestSuite } from 'vitest/node';

/** A test that needs what is not there says so in its name, or in that of a group around it. */
const reasonInName = /^skipped: (.*)$/;

/** At the end of a run, how many tests were skipped and why: what was not looked at must not pass for what holds. */
export function skipReport(): Reporter {
  let isPart = false;
  return {
    onInit(vitest) {
      // Then most tests are skipped because they were not asked for.
      isPart = vitest.config.testNamePattern !== undefined;
    },
    onTestRunEnd(modules) {
      for (const line of skipLines(modules, isPart)) console.log(line);
    },
  };
}

/** The sum, a line for each reason, and one for tests that give none; `isPart` is a run of some tests by name. */
export function skipLines(modules: readonly Pick<TestModule, 'children'>[], isPart: boolean): string[] {
  const skipped = modules.flatMap((module) => [...module.children.allTests('skipped')]);
  const byReason = Map.groupBy(skipped, (test) => reasonOf(test) ?? '');
  if (isPart) byReason.delete('');
  const told = [...byReason].map(([reason, tests]) => ({ reason, tests }));
  if (told.length === 0) return [];
  const count = told.reduce((sum, { tests }) => sum + tests.length, 0);
  return [
    ` Skipped: ${count} ${count === 1 ? 'test' : 'tests'}`,
    ...told.map(({ reason, tests }) =>
      reason === ''
        ? `  ${tests.length} without a reason: ${[...new Set(tests.map(({ module }) => module.relativeModuleId))].join(', ')}`
        : `  ${tests.length}: ${reason}`,
    ),
  ];
}

function reasonOf(test: TestCase): string | undefined {
  for (let part: TestCase | TestSuite | TestModule = test; part.type !== 'module'; part = part.parent) {
    const [, reason] = reasonInName.exec(part.name) ?? [];
    if (reason !== undefined) return reason;
  }
  const result = test.result();
  return result.state === 'skipped' ? result.note : undefined;
}
