import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { LocalCloud } from '#scripts/target/target.ts';

/** The local cloud as a process of its own. */
export interface LocalProcess {
  readonly info: LocalCloud;
  /** Seconds that the process has computed so far, all its threads together. */
  cpuSeconds(): Promise<number>;
  /** Resolves when the process has ended. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts `npm run local` with arguments and waits for the line it prints when it is ready. Scripts find it only when the arguments
 * say where it announces itself: what a test or a benchmark starts must not stand in for the user's own. Throws an Error when it ends before.
 */
export async function startLocalProcess(args: readonly string[]): Promise<LocalProcess> {
  const where = args.includes('--announce') ? [] : ['--no-announce'];
  const child = spawn(process.execPath, ['scripts/local/main.ts', ...where, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit').then(() => undefined);
  const stop = async () => {
    if (child.exitCode === null) child.kill('SIGTERM');
    await ended;
  };
  const interrupted = () => void stop();
  process.once('SIGINT', interrupted);
  void ended.then(() => process.off('SIGINT', interrupted));
  return { info: await readyLine(child, ended), cpuSeconds: () => cpuSecondsOf(child), ended, stop };
}

/** As `ps` of Linux and macOS tells it: `[[days-]hours:]minutes:seconds`. */
async function cpuSecondsOf({ pid }: ChildProcess): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'time=', '-p', String(pid)]);
  const [seconds = 0, minutes = 0, hours = 0] = (stdout.trim().split('-').at(-1) ?? '')
    .split(':')
    .map(Number)
    .toReversed();
  const days = stdout.includes('-') ? Number(stdout.trim().split('-')[0]) : 0;
  return seconds + 60 * (minutes + 60 * (hours + 24 * days));
}

async function readyLine(child: ChildProcess, ended: Promise<void>): Promise<LocalCloud> {
  if (child.stdout === null) throw new Error('The local cloud has no output');
  const lines = createInterface({ input: child.stdout });
  const first = once(lines, 'line').then(([line]) => LocalCloud.parse(JSON.parse(String(line))));
  const tooEarly = ended.then(() => {
    throw new Error('The local cloud ended before it was ready; what it printed stands above');
  });
  return Promise.race([first, tooEarly]);
}
