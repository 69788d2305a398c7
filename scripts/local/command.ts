import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as z from 'zod';
import { startLocalCloud } from '#local-cloud/cloud/local-cloud.ts';
import { writeWhole } from '#local-cloud/cloud/write-whole.ts';
import { command } from '#scripts/run/command.ts';
import { seedCredentials } from './seed-credentials.ts';

// Where scripts look for the cloud that runs in this folder; `--no-announce` leaves it to another one.
const announcement = '.local/cloud.json';

const Values = z.object({
  port: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(0)
    .describe('Where it listens; 0 is any free one')
    .meta({ value: 'N' }),
  state: z.string().optional().describe('Keeps its state in a directory, over restarts').meta({ value: 'DIR' }),
  now: z.iso
    .datetime({ offset: true, error: 'Expected a time such as 2026-01-31T12:00:00Z' })
    .optional()
    .describe('Where its clock begins: 2026-01-31T12:00:00Z')
    .meta({ value: 'TIME' }),
  assembly: z
    .string()
    .optional()
    .describe('A synthesized app; without it, cdk.out, made anew when it is older than its sources')
    .meta({ value: 'DIR' }),
  throttle: z.boolean().default(false).describe('Refuses what is more than the stage’s rates'),
  verbose: z.boolean().default(false).describe('Prints functions’ logs to standard error too'),
  'no-announce': z.boolean().default(false).describe('Leaves .local/cloud.json, where scripts look, to another cloud'),
});

export const local = command({
  name: 'local',
  summary: 'Starts the empty cloud, prints one JSON line when it is ready, and stays up until it is told to stop',
  lastWins: true,
  values: Values,
  main: run,
});

async function run({
  assembly: given,
  state,
  port,
  now,
  throttle,
  verbose,
  ...rest
}: z.output<typeof Values>): Promise<void> {
  process.env.TZ = 'UTC';
  // Keys and what the firm knows of its customers: files of this process are its owner's alone.
  process.umask(0o077);
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
  if (!rest['no-announce']) {
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
