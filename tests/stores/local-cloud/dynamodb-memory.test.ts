import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { serviceContext } from '#support/local-service-context.ts';

test('weighs no more after 30,000 writes than after 10,000', async () => {
  const { stateDirectory } = serviceContext();
  const child = spawn(
    process.execPath,
    ['--expose-gc', 'tests/support/weigh-writes.ts', stateDirectory, String(30_000)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const grown = JSON.parse(await text(child.stdout));
  console.log(`Heap × ${grown.heap.toFixed(3)}, resident memory × ${grown.resident.toFixed(3)}`);
  // Under LevelDB: 1.12 and 1.51, and so on without end. SQLite fills a cache of 32 MB once.
  expect(grown.heap).toBeLessThan(1.03);
  expect(grown.resident).toBeLessThan(1.3);
});
