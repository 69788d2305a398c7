import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { startLocalCloud } from '#infra/local/local-cloud.ts';
import { seedCredentials } from '#infra/local/seed-credentials.ts';

// Where scripts look for the cloud that runs in this folder; `--no-announce` leaves it to another one.
const announcement = '.local/cloud.json';

const options = z.object({
  assembly: z.string(),
  state: z.string().optional(),
  port: z.coerce.number().int().min(0).max(65_535),
  now: z.iso.datetime({ offset: true }).optional(),
  verbose: z.boolean(),
  announce: z.boolean(),
});

/** `npm run local`: starts the empty cloud, prints one JSON line when it is ready, and stays up until it is told to stop. */
async function main(): Promise<void> {
  process.env.TZ = 'UTC';
  const { values } = parseArgs({
    allowNegative: true,
    options: {
      assembly: { type: 'string', default: 'cdk.out' },
      state: { type: 'string' },
      port: { type: 'string', default: '0' },
      now: { type: 'string' },
      verbose: { type: 'boolean', default: false },
      announce: { type: 'boolean', default: true },
    },
  });
  const { assembly, state, port, now, verbose, announce } = options.parse(values);
  if (!existsSync(join(assembly, 'manifest.json'))) synthesize(assembly);
  const cloud = await startLocalCloud({
    assemblyDirectory: assembly,
    port,
    verbose,
    ...(state === undefined ? {} : { stateDirectory: state }),
    ...(now === undefined ? {} : { now: Date.parse(now) }),
  });
  const stop = async (): Promise<void> => {
    if (announce) rmSync(announcement, { force: true });
    await cloud.stop();
    process.exit(0);
  };
  process.once('SIGINT', () => void stop());
  process.once('SIGTERM', () => void stop());

  const { url, awsEndpoint, region, accessKeyId, secretAccessKey, outputs } = cloud;
  const keys = await seedCredentials(cloud);
  const athena = { database: outputs.AthenaDatabase, workgroup: outputs.AthenaWorkgroup };
  const line = JSON.stringify({ url, awsEndpoint, region, accessKeyId, secretAccessKey, ...keys, athena, outputs });
  if (announce) {
    mkdirSync('.local', { recursive: true });
    writeFileSync(announcement, line);
  }
  console.log(line);
}

function synthesize(output: string): void {
  const cli = createRequire(import.meta.url).resolve('aws-cdk/bin/cdk');
  const { status } = spawnSync(process.execPath, [cli, 'synth', '--quiet', '--output', output], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0) throw new Error('cdk synth failed');
}

await main();
