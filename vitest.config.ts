import { defineConfig } from 'vitest/config';
import { SkippedReporter } from './tests/support/skipped-reporter.ts';

// A failure has the same seed in every run.
const setupFiles = 'tests/support/property-seed.ts';

// Ends what hangs. It measures nothing: on a machine with a load of 16 all takes eight times as long.
const deadlineMs = 600_000;

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
          setupFiles,
          // Logs and metrics stay out of test reports.
          env: { POWERTOOLS_LOG_LEVEL: 'SILENT', POWERTOOLS_METRICS_DISABLED: 'true' },
          testTimeout: deadlineMs,
          hookTimeout: deadlineMs,
          sequence: { groupOrder: 0 },
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
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
