import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { startLocalCloud } from '#local-cloud/cloud/local-cloud.ts';
import { writeWhole } from '#local-cloud/cloud/write-whole.ts';
import { command } from '#scripts/run/command.ts';
import { announcedCloud, announcements } from '#scripts/target/announced-cloud.ts';
import { holdState } from './hold-state.ts';
import { seedCredentials } from './seed-credentials.ts';

const usualState = '.local/local';

const Values = z.object({
  port: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(0)
    .describe('Where it listens; 0 is any free one')
    .meta({ value: 'N' }),
  state: z
    .string()
    .optional()
    .describe(
      `Keeps its state in a directory, over restarts: ${usualState} when it is not given, with --no-announce none`,
    )
    .meta({ value: 'DIR' }),
  fresh: z.boolean().default(false).describe(`Begins empty: deletes ${usualState} first`),
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
  announce: z
    .string()
    .default(announcements['npm run local'])
    .describe('Where it leaves its address and keys for scripts while it runs')
    .meta({ value: 'FILE' }),
  'no-announce': z.boolean().default(false).describe('Leaves them nowhere: scripts ask another cloud'),
});

export const local = command({
  name: 'local',
  summary:
    'Starts the cloud, empty the first time, prints one JSON line when it is ready, and stays up until it is told to stop',
  lastWins: true,
  values: Values,
  main: run,
});

async function run({ assembly: given, port, now, throttle, verbose, ...rest }: z.output<typeof Values>): Promise<void> {
  process.env.TZ = 'UTC';
  // Keys and what the firm knows of its customers: files of this process are its owner's alone.
  process.umask(0o077);
  const announcement = rest['no-announce'] ? undefined : rest.announce;
  if (announcement !== undefined) refuseSecond(announcement);
  const state = rest.state ?? (announcement === undefined ? undefined : usualState);
  if (rest.fresh && state !== usualState) {
    throw new Error(`--fresh deletes ${usualState} alone: delete what --state names yourself`);
  }
  if (state !== undefined) holdState(state);
  if (state !== undefined && rest.fresh) {
    rmSync(state, { recursive: true });
    holdState(state);
  }
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
  const stop = async (): Promise<void> => {
    if (announcement !== undefined && announcedCloud(announcement)?.pid === process.pid) rmSync(announcement);
    await cloud.stop();
    process.exit(0);
  };
  process.once('SIGINT', () => void stop());
  process.once('SIGTERM', () => void stop());
  if (process.env.npm_lifecycle_event !== undefined) stopWithParent(stop);

  const { url, awsEndpoint, region, accessKeyId, secretAccessKey, outputs } = cloud;
  const keys = await seedCredentials(cloud);
  const athena = { database: outputs.AthenaDatabase, workgroup: outputs.AthenaWorkgroup };
  const { pid } = process;
  const line = JSON.stringify({
    pid,
    url,
    awsEndpoint,
    region,
    accessKeyId,
    secretAccessKey,
    ...keys,
    athena,
    outputs,
  });
  if (announcement !== undefined) {
    mkdirSync(dirname(announcement), { recursive: true, mode: 0o700 });
    writeWhole(announcement, line);
  }
  console.log(line);
}

/** Each cloud owns its own file: a second one that took it over would also delete it. */
function refuseSecond(announcement: string): void {
  const first = announcedCloud(announcement);
  if (first === undefined) return;
  throw new Error(
    `A cloud runs already that scripts find by ${announcement}: ${first.url}, process ${first.pid}. End it first, or start this one with --announce FILE (scripts ask it with LEMNISCATE_CLOUD_FILE=FILE) or --no-announce`,
  );
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
