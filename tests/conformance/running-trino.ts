/** What tests that ask Trino are called; where none runs, why they do not. */
export const runningTrino =
  (process.env.TRINO_ENDPOINT ?? '') === ''
    ? 'a running Trino (not asked: TRINO_ENDPOINT is not set)'
    : 'a running Trino';
