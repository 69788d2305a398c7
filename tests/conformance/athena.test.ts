import { describe, expect, test } from 'vitest';
import { answered, queryOf, refused } from '#support/athena-dialect-cases.ts';
import { runningTrino, trinoEndpoint } from '#support/trino.ts';
import { askTrino } from './trino-client.ts';

describe.skipIf(trinoEndpoint === '')(runningTrino, () => {
  test.each(answered)('answers as recorded: %s', async (sql, rows) => {
    expect(await askTrino(trinoEndpoint, queryOf(sql))).toEqual({ rows });
  });

  test.each(refused)('refuses as recorded: %s', async (sql) => {
    expect(await askTrino(trinoEndpoint, queryOf(sql))).toEqual({ error: expect.any(String) });
  });
});
