import { resolve } from 'node:path';
import * as z from 'zod';
import { dayMs } from '#domain/calendar/days.ts';
import { command } from '#scripts/run/command.ts';
import { startLocalProcess } from '#scripts/run/local-process.ts';
import { synthesize } from '#scripts/run/synthesize.ts';
import { announcedCloud, announcements } from '#scripts/target/announced-cloud.ts';
import { loadCatalogue } from '#scripts/world/load-catalogue.ts';
import { readPurchaseLog } from '#scripts/world/purchase-log.ts';
import { seededWorld } from '#scripts/world/seeded-world.ts';
import { showTour } from '#scripts/world/tour.ts';
import { keptWorld } from './kept-world.ts';
import { liveWithBar, playWithBar } from './play-with-bar.ts';

const startState = '.local/start';

const Values = z.object({
  exit: z
    .boolean()
    .default(false)
    .describe('Ends when it has shown around; it takes any free port then and keeps nothing'),
  fresh: z.boolean().default(false).describe(`Begins anew: deletes ${startState} first`),
  purchases: z
    .string()
    .optional()
    .describe('Plays a purchase log instead of a made-up world: customer date units dollars, as CDNOW; gzip too')
    .meta({ value: 'FILE' }),
  customers: z.coerce
    .number()
    .int()
    .min(1)
    .default(100)
    .describe('Customers of the made-up world')
    .meta({ value: 'N' }),
  seed: z.coerce.number().int().min(0).default(1).describe('Another seed is another world').meta({ value: 'N' }),
  port: z.coerce.number().int().min(0).max(65_535).default(4800).describe('Where it listens').meta({ value: 'N' }),
});

export const start = command({
  name: 'start',
  summary: 'Runs the whole loop on this machine, plays a world into it, shows around and stays up',
  notes: `What it holds lasts: started again, it goes on with the state in ${startState}.`,
  values: Values,
  main: run,
});

/** Six weeks: enough for models to learn from, and for caps, rests and budgets to be seen. */
const days = 42;

async function run({ exit, fresh, purchases, customers, seed, port }: z.output<typeof Values>): Promise<void> {
  const announcement = announcements['npm start'];
  const first = exit ? undefined : announcedCloud(announcement);
  if (first !== undefined) {
    throw new Error(
      `npm start runs already, at ${first.url}, process ${first.pid}, and scripts ask it: end that one first. "npm start -- --exit" plays beside it`,
    );
  }
  const endMs = Date.now();
  const startMs = endMs - days * dayMs;
  const events = purchases === undefined ? seededWorld({ seed, customers, days, endMs }) : readPurchaseLog(purchases);
  const world = { customers, seed, purchases: purchases === undefined ? null : resolve(purchases) };
  const kept = keptWorld(startState);
  if (fresh && !exit) kept.forget();
  const isKept = !exit && kept.isKept(world);

  console.log('Synthesizing the CDK app …');
  await synthesize();
  console.log('Starting that template on this machine …');
  // What ends by itself must not stand in for a cloud that scripts talk to.
  const where = exit ? ['--port', '0'] : ['--port', String(port), '--state', startState, '--announce', announcement];
  const when = isKept || purchases !== undefined ? [] : ['--now', new Date(startMs).toISOString()];
  const cloud = await startLocalProcess([...where, ...when]);
  try {
    if (isKept) console.log(`What it held is there still, from ${startState}.`);
    else {
      await loadCatalogue(cloud.info);
      if (purchases === undefined) await liveWithBar({ events, startMs, days, seed }, cloud.info);
      else await playWithBar(events, cloud.info);
      if (!exit) kept.keep(world);
    }
    await showTour(cloud.info, events);
    if (exit) return;
    console.log('\nThe cloud stays up. Ctrl-C ends it, and "npm start" goes on where it was.');
    await cloud.ended;
  } finally {
    await cloud.stop();
  }
}
