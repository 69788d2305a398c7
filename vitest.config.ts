import { defineConfig } from 'vitest/config';

// A failure has the same seed in every run.
const setupFiles = 'tests/support/property-seed.ts';

export default defineConfig({
  test: {
    // Two: what the smallest machines that run this have. A loop test's cloud takes a core and more for itself.
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'parts',
          include: ['tests/{unit,infra,workflows,conformance}/**/*.test.ts'],
          setupFiles,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'loop',
          include: ['tests/loop/**/*.test.ts'],
          globalSetup: 'tests/support/synthesized-app.ts',
          setupFiles,
          testTimeout: 240_000,
          hookTimeout: 240_000,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
