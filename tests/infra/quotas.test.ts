import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { stageConfig } from '#infra/config.ts';

const runbook = readFileSync(new URL('../../docs/runbook.md', import.meta.url), 'utf8');
const written = (amount: number) => amount.toLocaleString('en-US');

test('compares quotas with the throttle that prod has', () => {
  const { requestsPerSecond, burst } = stageConfig('prod').throttle;
  const text = runbook.replaceAll(/\s+/g, ' ');
  expect(text).toContain(`For prod, ${written(requestsPerSecond)} requests a second with bursts of ${written(burst)}`);
});
