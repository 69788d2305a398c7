import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answered, queryOf, refused, unchecked } from '#support/athena-dialect-cases.ts';
import { ask, type LocalLake, startEventLake } from '#support/local-lake.ts';

let lake: LocalLake;
beforeAll(async () => {
  lake = await startEventLake();
});
afterAll(() => lake.stop());

describe('a query gives what Trino gives', () => {
  test.each(answered)('%s', async (sql, rows) => {
    const answer = await ask(lake, queryOf(sql));
    expect(answer.reason).toBe('');
    expect(answer.rows).toEqual(rows);
  });
});

describe('a query fails where Trino fails', () => {
  test.each(refused)('%s: %s', async (sql, code) => {
    const { state, reason } = await ask(lake, queryOf(sql));
    expect([state, reason.split(':')[0]]).toEqual(['FAILED', code]);
  });
});

describe('a construct that was not checked is refused by name', () => {
  test.each(unchecked)('%s', async (sql, named) => {
    const { state, reason } = await ask(lake, queryOf(sql));
    expect(state).toBe('FAILED');
    expect(reason).toMatch(named);
  });
});
