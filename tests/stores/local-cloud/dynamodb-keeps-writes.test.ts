import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { serviceContext } from '#support/local-service-context.ts';
import { sizeOf } from '#support/size-of.ts';

// A million writes take some minutes. These few find a store that forgets at a kill, not one that goes back once in 200,000 writes.
const [writes, keys] = sizeOf({ part: [20_000, 600], whole: [1_000_000, 6_000] });

test(`has each of ${writes} acknowledged writes to ${keys} keys, with seven scans open and a kill in the middle`, async () => {
  const { stateDirectory } = serviceContext();
  const start = () =>
    spawn(process.execPath, ['tests/support/count-until-killed.ts', stateDirectory, String(writes), String(keys)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  const first = start();
  first.stdout.once('data', () => first.kill('SIGKILL'));
  expect(await once(first, 'exit')).toEqual([null, 'SIGKILL']);

  const startedAt = performance.now();
  const report = await text(start().stdout);
  const seconds = (performance.now() - startedAt) / 1000;
  console.log(`${writes} writes, of the second half ${Math.round(writes / 2 / seconds)} a second`);
  expect(JSON.parse(report)).toEqual({ writes, lost: [] });
}, 3_600_000);
