import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

/** What a command printed, and how it ended. */
export interface Ended {
  readonly code: number | null;
  readonly printed: string;
}

/** Runs what `npm run NAME -- ARGS` runs, without npm itself, whose own Node may be an older one. */
export async function runCommand(
  name: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Ended> {
  const [, file] = /^node (\S+)$/.exec(scripts[name] ?? '') ?? [];
  if (file === undefined) throw new Error(`package.json runs no script of Node under the name ${name}`);
  return run([file, ...args], environment);
}

/** Runs CDK's command line. */
export async function runCdk(args: readonly string[], environment: Readonly<Record<string, string>>): Promise<Ended> {
  return run(['node_modules/aws-cdk/bin/cdk', ...args], environment);
}

async function run(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Ended> {
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  await once(child, 'close');
  return { code: child.exitCode, printed };
}
