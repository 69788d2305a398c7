import { parseArgs } from 'node:util';
import * as z from 'zod';
import { startLocalProcess } from '../run/local-process.ts';
import { runScript } from '../run/run-script.ts';
import { synthesize } from '../run/synthesize.ts';
import { loadCatalogue } from '../world/load-catalogue.ts';
import { playWithBar } from '../world/play-with-bar.ts';
import { readPurchaseLog } from '../world/purchase-log.ts';
import { seededWorld } from '../world/seeded-world.ts';
import { showTour } from '../world/tour.ts';

const Options = z.object({
  exit: z.boolean(),
  purchases: z.string().optional(),
  customers: z.coerce.number().int().min(1),
  seed: z.coerce.number().int().min(0),
  port: z.coerce.number().int().min(0).max(65_535),
});

/** `npm start`: the whole loop on this machine, with a world in it to look at. */
async function main(): Promise<void> {
  const { values: given } = parseArgs({
    options: {
      exit: { type: 'boolean', default: false },
      purchases: { type: 'string' },
      customers: { type: 'string', default: '200' },
      seed: { type: 'string', default: '1' },
      port: { type: 'string', default: '4800' },
    },
  });
  const values = Options.parse(given);
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

await runScript(main);
