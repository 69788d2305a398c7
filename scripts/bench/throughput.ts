import { startLocalProcess } from '#scripts/run/local-process.ts';
import { play } from '#scripts/world/play.ts';
import { seededWorld } from '#scripts/world/seeded-world.ts';

/** What the local cloud took in. */
export interface Throughput {
  readonly events: number;
  /** Until the last request was answered. */
  readonly sentSeconds: number;
  /** Until everything was in profiles and lake. */
  readonly seconds: number;
}

/** Plays a world of some 10,000 events to a local cloud of its own. Throws an Error when an event is refused. */
export async function measureThroughput(assemblyDirectory: string): Promise<Throughput> {
  const events = seededWorld({ seed: 1, customers: 400, days: 90, endMs: Date.now() });
  const cloud = await startLocalProcess(['--port', '0', '--assembly', assemblyDirectory]);
  try {
    const { url, serverKey } = cloud.info;
    const startedAt = performance.now();
    const { rejected } = await play(events, { url, keyOf: () => serverKey }, () => {});
    if (rejected > 0) throw new Error(`${rejected} events of the world were refused`);
    const sentSeconds = (performance.now() - startedAt) / 1000;
    const settled = await fetch(`${url}/_local/settle`, { method: 'POST' });
    if (!settled.ok) throw new Error(`_local/settle answered ${settled.status}: ${await settled.text()}`);
    return { events: events.length, sentSeconds, seconds: (performance.now() - startedAt) / 1000 };
  } finally {
    await cloud.stop();
  }
}
