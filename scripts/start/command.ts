import * as z from 'zod';
import { command } from '#scripts/run/command.ts';
import { startLocalProcess } from '#scripts/run/local-process.ts';
import { synthesize } from '#scripts/run/synthesize.ts';
import { loadCatalogue } from '#scripts/world/load-catalogue.ts';
import { playWithBar } from '#scripts/world/play-with-bar.ts';
import { readPurchaseLog } from '#scripts/world/purchase-log.ts';
import { seededWorld } from '#scripts/world/seeded-world.ts';
import { showTour } from '#scripts/world/tour.ts';

const Values = z.object({
  exit: z.boolean().default(false).describe('Ends when it has shown around; it takes any free port then'),
  purchases: z
    .string()
    .optional()
    .describe('Plays a purchase log instead of a made-up world: customer date units dollars, as CDNOW; gzip too')
    .meta({ value: 'FILE' }),
  customers: z.coerce
    .number()
    .int()
    .min(1)
    .default(200)
    .describe('Customers of the made-up world')
    .meta({ value: 'N' }),
  seed: z.coerce.number().int().min(0).default(1).describe('Another seed is another world').meta({ value: 'N' }),
  port: z.coerce.number().int().min(0).max(65_535).default(4800).describe('Where it listens').meta({ value: 'N' }),
});

export const start = command({
  name: 'start',
  summary: 'Runs the whole loop on this machine, plays a world into it, shows around and stays up',
  values: Values,
  main: run,
});

async function run(values: z.output<typeof Values>): Promise<void> {
  const events =
    values.purchases === undefined
      ? seededWorld({ seed: values.seed, customers: values.customers, days: 90, endMs: Date.now() })
      : readPurchaseLog(values.purchases);

  console.log('Synthesizing the CDK app …');
  await synthesize();
  console.log('Starting that template on this machine …');
  // What ends by itself must not stand in for a cloud that scripts talk to.
  const where = values.exit ? ['--port', '0', '--no-announce'] : ['--port', String(values.port)];
  const cloud = await startLocalProcess(where);
  try {
    await loadCatalogue(cloud.info);
    await playWithBar(events, cloud.info);
    await showTour(cloud.info, events);
    if (values.exit) return;
    console.log('\nThe cloud stays up. Ctrl-C ends it.');
    await cloud.ended;
  } finally {
    await cloud.stop();
  }
}
