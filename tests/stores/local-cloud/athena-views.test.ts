import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDescribedLake, viewTexts } from '#support/described-lake.ts';
import { ask, type LocalLake } from '#support/local-lake.ts';

let lake: LocalLake;
beforeAll(async () => {
  lake = await startDescribedLake();
});
afterAll(() => lake.stop());

test.each([...viewTexts()])('view %s of the lake is made of what was checked against Trino', async (view, text) => {
  const { state, reason } = await ask(lake, `CREATE OR REPLACE VIEW ${view} AS ${text}`);
  expect([state, reason]).toEqual(['SUCCEEDED', '']);
});
