import { startLocalProcess } from '#scripts/run/local-process.ts';
import { localTarget } from '#scripts/target/target.ts';
import { type Reading, readMeter, resetMeter, type Usage } from './meter-client.ts';
import { meanPersonaBytes } from './persona-bytes.ts';
import { customersOf, playDay, type ReferenceLoad, visitDays } from './reference-load.ts';

/** What a load made AWS bill. */
export interface MeasuredLoad {
  readonly load: ReferenceLoad;
  /** Of customers who were known before. */
  readonly reading: Reading;
  /** Of these customers' first visits, all on one day, before that. */
  readonly firstVisits: readonly Usage[];
  /** Mean bytes of a persona's item at the end. */
  readonly personaBytes: number;
}

/**
 * Plays a load to a cloud of its own: first one visit of each customer, then the load. Throws an Error when not every customer
 * has a profile then, for a bill of what failed would be too small.
 */
export async function measureLoad(assembly: string, load: ReferenceLoad): Promise<MeasuredLoad> {
  const cloud = await startLocalProcess(['--port', '0', '--assembly', assembly]);
  try {
    const { url } = cloud.info;
    await resetMeter(url);
    await playDay(load, 0, cloud.info);
    const { usage: firstVisits } = await readMeter(url);
    await resetMeter(url);
    for (let day = 1; day <= visitDays; day++) await playDay(load, day, cloud.info);
    const reading = await readMeter(url);
    const { personas, bytes } = await meanPersonaBytes(localTarget(cloud.info));
    if (personas < customersOf(load)) {
      throw new Error(`${customersOf(load)} customers came and ${personas} have a profile: see the functions' logs`);
    }
    return { load, reading, firstVisits, personaBytes: bytes };
  } finally {
    await cloud.stop();
  }
}
