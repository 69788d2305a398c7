import { expect, inject } from 'vitest';
import * as z from 'zod';
import { runQuery } from '#scripts/athena/athena-query.ts';
import { startLocalProcess } from '#scripts/run/local-process.ts';
import { basicAuth } from '#scripts/target/basic-auth.ts';
import { type LocalCloud, localTarget } from '#scripts/target/target.ts';
import { routeOf, undocumented } from './undocumented.ts';

/** A local cloud of a test's own, with what tests ask it. */
export interface TestCloud {
  readonly info: LocalCloud;
  /** Calls the API; `key` is that of the shop's server unless another one, or null for none, is given. */
  call(
    method: string,
    path: string,
    options?: CallOptions,
  ): Promise<{ status: number; body: unknown; headers: Headers }>;
  /** Waits until nothing is in flight and all buffers are delivered. */
  settle(): Promise<void>;
  /** The time that the cloud's clock shows, epoch milliseconds. */
  now(): Promise<number>;
  /** Moves the clock by an ISO 8601 duration. */
  advance(duration: string): Promise<void>;
  /** Runs an Athena query; values are texts as Athena gives them, null for NULL. */
  query(sql: string): Promise<Record<string, string | null>[]>;
  /** Seconds that the cloud has computed so far, on all processors together. */
  cpuSeconds(): Promise<number>;
  stop(): Promise<void>;
}

/** Holds what a function answered to the OpenAPI document. What API Gateway says itself, when it calls none or none answers, is not of the API. */
function expectDocumented(method: string, path: string, { status, headers }: Response, text: string): void {
  const route = routeOf(method, path);
  if (route === undefined || /^\{"message":"[^"]*"\}$/.test(text)) return;
  expect(undocumented(route, { status, headers: Object.fromEntries(headers), text })).toBeUndefined();
}

interface CallOptions {
  readonly key?: string | null;
  readonly body?: string | Uint8Array;
  readonly json?: unknown;
  readonly headers?: Record<string, string>;
}

/** Starts the synthesized template on a free port. */
export async function startTestCloud(...args: string[]): Promise<TestCloud> {
  const { info, stop, cpuSeconds } = await startLocalProcess([
    '--port',
    '0',
    '--assembly',
    inject('assembly'),
    ...args,
  ]);
  const control = async (name: string, body: unknown = {}) => {
    const response = await fetch(`${info.url}/_local/${name}`, { method: 'POST', body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`_local/${name} answered ${response.status}: ${await response.text()}`);
  };
  return {
    info,
    stop,
    cpuSeconds,
    settle: () => control('settle'),
    now: async () => {
      const shown: unknown = await (await fetch(`${info.url}/_local/clock`)).json();
      return Date.parse(z.object({ now: z.string() }).parse(shown).now);
    },
    advance: (duration) => control('clock', { advance: duration }),
    async call(method, path, { key = info.serverKey, body, json, headers = {} } = {}) {
      const response = await fetch(`${info.url}${path}`, {
        method,
        headers: {
          'content-type': 'application/json',
          ...(key === null ? {} : { authorization: basicAuth(key) }),
          ...headers,
        },
        ...(json === undefined ? (body === undefined ? {} : { body }) : { body: JSON.stringify(json) }),
      });
      const text = await response.text();
      const { pathname } = new URL(path, info.url);
      expectDocumented(method, pathname, response, text);
      return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) };
    },
    async query(sql) {
      const { rows } = await runQuery(localTarget(info), sql);
      return rows;
    },
  };
}
