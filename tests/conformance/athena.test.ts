import { describe, expect, test } from 'vitest';
import { answered, queryOf, refused } from '#support/athena-dialect-cases.ts';
import { runningTrino } from './running-trino.ts';
import { askTrino } from './trino-client.ts';

/** Base URL of a running Trino server, http://127.0.0.1:8080. */
const endpoint = process.env.TRINO_ENDPOINT ?? '';

describe.skipIf(endpoint === '')(runningTrino, () => {
  test.each(answered)('answers as recorded: %s', async (sql, rows) => {
    expect(await askTrino(endpoint, queryOf(sql))).toEqual({ rows });
  });

  test.each(refused)('refuses as recorded: %s', async (sql) => {
    expect(await askTrino(endpoint, queryOf(sql))).toEqual({ error: expect.any(String) });
  });
});
