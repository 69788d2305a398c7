/** Base URL of a running Trino server, http://127.0.0.1:8080; empty where there is none. */
export const trinoEndpoint = process.env.TRINO_ENDPOINT ?? '';

/** What a group of tests that ask Trino is called: a reason to skip it where there is none. */
export const runningTrino =
  trinoEndpoint === '' ? 'skipped: no Trino is asked, because TRINO_ENDPOINT is not set' : 'a running Trino';
