import { parseArgs } from 'node:util';
import { startLocalProcess } from './local-process.ts';
import { synthesize } from './synthesize.ts';
import { loadCatalogue } from './world/load-catalogue.ts';
import { playWithBar } from './world/play-with-bar.ts';
import { readPurchaseLog } from './world/purchase-log.ts';
import { seededWorld } from './world/seeded-world.ts';
import { showTour } from './world/tour.ts';

/** `npm start`: the whole loop on this machine, with a world in it to look at. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      exit: { type: 'boolean', default: false },
      purchases: { type: 'string' },
      customers: { type: 'string', default: '200' },
      seed: { type: 'string', default: '1' },
      port: { type: 'string', default: '4800' },
    },
  });
  const events =
    values.purchases === undefined
      ? seededWorld({ seed: Number(values.seed), customers: Number(values.customers), days: 90, endMs: Date.now() })
      : readPurchaseLog(values.purchases);

  console.log('Synthesizing the CDK app …');
  await synthesize();
  console.log('Starting that template on this machine …');
  const cloud = await startLocalProcess(['--port', values.exit ? '0' : values.port]);
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

await main();
