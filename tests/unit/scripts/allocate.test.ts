import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { linesOf } from '#scripts/allocate/lines-of.ts';
import { readProblem } from '#scripts/allocate/problem-file.ts';
import { SeenNames } from '#scripts/allocate/seen-names.ts';

const directory = mkdtempSync(join(tmpdir(), 'lemniscate-test-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const fileOf = (name: string, text: string) => {
  const path = join(directory, name);
  writeFileSync(path, text);
  return path;
};
const limits = '{"limits":{"budget":3,"calls":1}}';
const customer = (id: string, value: number, uses = '{"budget":1}') =>
  `{"customer":${JSON.stringify(id)},"options":[{"id":"mail","value":${value},"uses":${uses}},{"id":"call","value":${2 * value},"uses":{"budget":2,"calls":1}}]}`;
const run = (...args: string[]) => promisify(execFile)(process.execPath, ['scripts/allocate/main.ts', ...args]);

test('solves a problem from a file, and writes who gets what in the order of the file', async () => {
  const problem = fileOf(
    'p.ndjson',
    [limits, customer('zoë "1"', 5), customer('b', 1), '', customer('c', 4)].join('\n'),
  );
  const out = join(directory, 'out.ndjson');
  const { stdout } = await run('--problem', problem, '--assignments', out, '--json');
  const answer = JSON.parse(stdout) as Record<string, unknown>;
  expect(Object.keys(answer)).toEqual(['value', 'uses', 'prices', 'seconds', 'peakMegabytes']);
  expect(answer).toMatchObject({ value: 14, uses: { budget: 3, calls: 1 } });
  expect(readFileSync(out, 'utf8')).toBe(
    '{"customer":"zoë \\"1\\"","option":"call"}\n{"customer":"c","option":"mail"}\n',
  );
});

test('tells people what was used of each limit, what one more would be worth, and how far from the best it can be', async () => {
  const { stdout } = await run('--problem', fileOf('q.ndjson', [limits, customer('a', 5)].join('\n')));
  expect(stdout).toMatch(/^value 10: no allocation is worth more than 10, 0\.000 % above\n/);
  expect(stdout).toMatch(/^budget +2 +3 +0$/m);
});

test('says where a mistake is, without a stack', async () => {
  const problem = fileOf('r.ndjson', [limits, customer('a', 5), customer('b', 5, '{"budgt":1}')].join('\n'));
  const failed = await run('--problem', problem).catch((error: unknown) => error);
  expect(failed).toMatchObject({
    code: 1,
    stdout: '',
    stderr: `${problem}:3: Option mail of b uses budgt, which has no limit: expected one of budget, calls\n`,
  });
  expect(await run('--problem', join(directory, 'none')).catch((error: unknown) => error)).toMatchObject({
    code: 1,
    stderr: `${join(directory, 'none')}: there is no such file or directory (ENOENT)\n`,
  });
});

test.each([
  ['', ':1: expected the limits'],
  ['{"limits":{"budget":-1}}', ':1: expected the limits'],
  ['{"limit":{}}', ':1: expected the limits'],
  [`${limits}\n{"customer"`, ':2: this is not JSON'],
  [`${limits}\n\n{"customer":"a","options":[{"id":"t","value":1e999}]}`, ':3: Option t of a has the value Infinity'],
  [
    `${limits}\n${customer('a', 1)}\n${customer('b', 1)}\n${customer('a', 2)}`,
    ':4: customer a stands in line 2 already',
  ],
])('refuses %j', (text, message) => {
  expect(() => readProblem(fileOf('s.ndjson', text), undefined)).toThrow(message);
});

test('reads lines of any length, with and without an end', () => {
  const lines = ['', 'a', 'ü'.repeat(3_000_000), 'b', 'c'.repeat(2 ** 20 - 1), '', 'd'];
  expect([...linesOf(fileOf('l', lines.join('\n')))]).toEqual(lines);
  expect([...linesOf(fileOf('m', 'a\nb\n'))]).toEqual(['a', 'b']);
});

test('knows names that it has seen among hundreds of thousands', () => {
  const seen = new SeenNames();
  const names = Array.from({ length: 300_000 }, (_, at) => `customer-${at}`);
  expect(names.filter((name) => seen.add(name))).toEqual([]);
  expect(names.filter((name) => !seen.add(name))).toEqual([]);
});
