import cliProgress from 'cli-progress';
import type { LocalCloud } from '#scripts/target/target.ts';
import type { WorldEvent } from '#scripts/world/event.ts';
import { type LivingWorld, liveThrough } from '#scripts/world/live-through.ts';
import { playHistory } from '#scripts/world/play-history.ts';

const barOf = (what: string) =>
  new cliProgress.SingleBar(
    { format: `  {bar} ${what}, {duration_formatted}`, noTTYOutput: true, notTTYSchedule: 5000 },
    cliProgress.Presets.shades_classic,
  );

/** Lives through a world with a bar that is full when all of it is in profiles, lake and models. */
export async function liveWithBar(world: LivingWorld, cloud: LocalCloud): Promise<void> {
  console.log(
    `Living through ${world.days} days: what happens is sent, touchpoints ask what to show and tell what came of it …`,
  );
  const bar = barOf('day {value} of {total}, {sent} events, {shown} treatments shown');
  bar.start(world.days, 0, { sent: 0, shown: 0 });
  const { accepted, rejected, shown, yes } = await liveThrough(world, cloud, ({ day, accepted: sent, shown: soFar }) =>
    bar.update(day, { sent, shown: soFar }),
  );
  bar.stop();
  console.log(
    `${accepted} events accepted, ${rejected} rejected; ${shown} treatments shown, ${yes} accepted: all in profiles, lake and models.`,
  );
}

/** Plays a log of the past with a bar that is full when all of it is in profiles and lake. */
export async function playWithBar(events: readonly WorldEvent[], cloud: LocalCloud): Promise<void> {
  console.log('Playing a purchase log through the HTTP API …');
  const bar = barOf('{value} of {total} events');
  bar.start(events.length, 0);
  const { accepted, rejected } = await playHistory(events, cloud, (counts) =>
    bar.update(counts.accepted + counts.rejected),
  );
  bar.stop();
  console.log(`${accepted} events accepted, ${rejected} rejected: all in profiles and lake.`);
}
