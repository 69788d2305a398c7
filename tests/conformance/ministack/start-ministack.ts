import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Target } from '#scripts/target/target.ts';

/** A MiniStack of a test's own. */
export interface MiniStack {
  /** How an SDK's client reaches it. */
  readonly client: Target['client'];
  /** What a shell has set that talks to it: endpoint, keys of account 000000000000, region, this project's Node before all others. */
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** The program `ministack` (of the package ministack[full], by pip): the one that MINISTACK names, or the one on the path. */
export function findMiniStack(): string | undefined {
  const candidates = process.env.MINISTACK
    ? [process.env.MINISTACK]
    : (process.env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'ministack'));
  return candidates.find(isProgram);
}

/** Starts it empty, on a free port, with its files in a folder that goes with it. */
export async function startMiniStack(program: string): Promise<MiniStack> {
  const folder = mkdtempSync(join(tmpdir(), 'lemniscate-ministack-'));
  mkdirSync(join(folder, 'tmp'));
  const port = await freePort();
  const PATH = [resolve('node_modules/.bin'), process.env.PATH ?? ''].join(delimiter);
  const child = spawn(program, [], {
    stdio: 'ignore',
    env: {
      ...process.env,
      PATH,
      GATEWAY_PORT: String(port),
      BIND_HOST: '127.0.0.1',
      MINISTACK_HOST: 'localhost',
      S3_DATA_DIR: join(folder, 's3'),
      TMPDIR: join(folder, 'tmp'),
    },
  });
  // By the name that its own URLs have; an SDK warns of another.
  const endpoint = `http://localhost:${port}`;
  const stop = async () => {
    if (child.exitCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    rmSync(folder, { recursive: true, force: true });
  };
  while (!(await isHealthy(endpoint))) {
    if (child.exitCode !== null) throw new Error(`${program} ended with ${child.exitCode} before it answered`);
    await sleep(200);
  }
  return {
    client: { region: 'us-east-1', endpoint, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } },
    environment: {
      PATH,
      HOME: folder,
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_REGION: 'us-east-1',
      NODE_OPTIONS: `--import ${resolve('tests/conformance/ministack/loopback-names.ts')}`,
    },
    stop,
  };
}

async function isHealthy(endpoint: string): Promise<boolean> {
  try {
    return (await fetch(`${endpoint}/_ministack/health`)).ok;
  } catch {
    return false;
  }
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('No port is free');
  return address.port;
}
