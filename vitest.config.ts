import { globSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { SkippedReporter } from './tests/support/skipped-reporter.ts';

// A failure has the same seed in every run.
const setupFiles = 'tests/support/property-seed.ts';

// Ends what hangs. It measures nothing: on a machine with a load of 16 all takes eight times as long.
const deadlineMs = 600_000;

// A mocked module is mocked for all that a process loads later: these files have one of their own. The others share theirs, as
// loading the infrastructure library or the domain anew for each is half the time that they take.
const mocking = globSync('tests/{unit,stores,infra,workflows,conformance}/**/*.test.ts').filter((file) =>
  /\bvi\.(?:mock|doMock)\(/.test(readFileSync(file, 'utf8')),
);

const parts = {
  setupFiles,
  // Logs and metrics stay out of test reports.
  env: { POWERTOOLS_LOG_LEVEL: 'SILENT', POWERTOOLS_METRICS_DISABLED: 'true' },
  testTimeout: deadlineMs,
  hookTimeout: deadlineMs,
};

export default defineConfig({
  test: {
    reporters: ['default', new SkippedReporter()],
    // Two: what the smallest machines that run this have. A loop test's cloud takes a core and more for itself.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'parts',
          include: ['tests/{unit,stores,infra,workflows,conformance}/**/*.test.ts'],
          exclude: mocking,
          ...parts,
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'mocking',
          include: mocking,
          ...parts,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'loop',
          include: ['tests/loop/**/*.test.ts'],
          globalSetup: 'tests/support/synthesized-app.ts',
          setupFiles,
          testTimeout: deadlineMs,
          hookTimeout: deadlineMs,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
