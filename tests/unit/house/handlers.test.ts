import { globSync, readFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { expect, test } from 'vitest';

const mostLines = 40;

/** Lines of each handler, by the folder of its function. */
const lines = new Map(
  globSync('functions/handlers/*/*/handler.ts').map((file) => [
    basename(dirname(file)),
    readFileSync(file, 'utf8').trimEnd().split('\n').length,
  ]),
);

test(`a handler says what is plugged together, in ${mostLines} lines: above that it has a use case inside it`, () => {
  expect(lines.size).toBeGreaterThan(20);
  const long = [...lines].filter(([, count]) => count > mostLines);
  expect(long).toEqual([]);
});
