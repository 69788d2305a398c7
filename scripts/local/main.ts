import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { startLocalCloud } from '#local-cloud/cloud/local-cloud.ts';
import { writeWhole } from '#local-cloud/cloud/write-whole.ts';
import { seedCredentials } from './seed-credentials.ts';

// Where scripts look for the cloud that runs in this folder; `--no-announce` leaves it to another one.
const announcement = '.local/cloud.json';

const options = z.object({
  assembly: z.string().optional(),
  state: z.string().optional(),
  port: z.coerce.number().int().min(0).max(65_535),
  now: z.iso.datetime({ offset: true }).optional(),
  throttle: z.boolean(),
  verbose: z.boolean(),
  announce: z.boolean(),
});

/** `npm run local`: starts the empty cloud, prints one JSON line when it is ready, and stays up until it is told to stop. */
async function main(): Promise<void> {
  process.env.TZ = 'UTC';
  // Keys and what the firm knows of its customers: files of this process are its owner's alone.
  process.umask(0o077);
  const { values } = parseArgs({
    allowNegative: true,
    options: {
      assembly: { type: 'string' },
      state: { type: 'string' },
      port: { type: 'string', default: '0' },
      now: { type: 'string' },
      throttle: { type: 'boolean', default: false },
      verbose: { type: 'boolean', default: false },
      announce: { type: 'boolean', default: true },
    },
  });
  const { assembly: given, state, port, now, throttle, verbose, announce } = options.parse(values);
  const assembly = given ?? 'cdk.out';
  if (given === undefined && isStale(assembly)) synthesize(assembly);
  const cloud = await startLocalCloud({
    assemblyDirectory: assembly,
    port,
    throttles: throttle,
    verbose,
    ...(state === undefined ? {} : { stateDirectory: state }),
    ...(now === undefined ? {} : { now: Date.parse(now) }),
  });
  let announced: string | undefined;
  const stop = async (): Promise<void> => {
    // Another cloud may have announced itself in this folder since.
    if (announced !== undefined && announced === readAnnouncement()) rmSync(announcement, { force: true });
    await cloud.stop();
    process.exit(0);
  };
  process.once('SIGINT', () => void stop());
  process.once('SIGTERM', () => void stop());
  if (process.env.npm_lifecycle_event !== undefined) stopWithParent(stop);

  const { url, awsEndpoint, region, accessKeyId, secretAccessKey, outputs } = cloud;
  const keys = await seedCredentials(cloud);
  const athena = { database: outputs.AthenaDatabase, workgroup: outputs.AthenaWorkgroup };
  const line = JSON.stringify({ url, awsEndpoint, region, accessKeyId, secretAccessKey, ...keys, athena, outputs });
  if (announce) {
    mkdirSync('.local', { recursive: true, mode: 0o700 });
    writeWhole(announcement, line);
    announced = line;
  }
  console.log(line);
}

function readAnnouncement(): string | undefined {
  return existsSync(announcement) ? readFileSync(announcement, 'utf8') : undefined;
}

/** An npm that is killed takes its shell along and leaves us to nobody: then it is time to stop. */
function stopWithParent(stop: () => Promise<void>): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) void stop();
  }, 500).unref();
}

/** Whether the assembly is absent, or older than a source of this project that it was made from. */
function isStale(assembly: string): boolean {
  const manifest = join(assembly, 'manifest.json');
  if (!existsSync(manifest)) return true;
  const madeAt = statSync(manifest).mtimeMs;
  return ['infra', 'functions'].some((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true }).some(
      (entry) => entry.isFile() && statSync(join(entry.parentPath, entry.name)).mtimeMs > madeAt,
    ),
  );
}

function synthesize(output: string): void {
  const cli = createRequire(import.meta.url).resolve('aws-cdk/bin/cdk');
  const { status } = spawnSync(process.execPath, [cli, 'synth', '--quiet', '--output', output], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) throw new Error('cdk synth failed');
}

await main();
