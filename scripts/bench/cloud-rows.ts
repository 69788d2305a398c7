import { availableParallelism } from 'node:os';
import { startLocalProcess } from '#scripts/run/local-process.ts';
import { againstGoal, type BenchRow } from './bench-row.ts';
import { type Sustained, sustain } from './sustained-load.ts';
import { inThousands, quantile } from './table.ts';
import { measureThroughput } from './throughput.ts';

const goals = { readySeconds: 10, eventsASecond: 1000, collectP99Ms: 50, lagSeconds: 10 };

/** The local cloud: how soon it is ready, what it takes in, and how fast it answers meanwhile. */
export async function cloudRows(assembly: string, minutes: number): Promise<BenchRow[]> {
  const startedAt = performance.now();
  const cloud = await startLocalProcess(['--port', '0', '--assembly', assembly]);
  const readySeconds = (performance.now() - startedAt) / 1000;
  const rows: BenchRow[] = [
    {
      what: 'local cloud, from start to ready',
      result: `${readySeconds.toFixed(1)} s`,
      ...againstGoal(readySeconds, { atMost: goals.readySeconds }, 's'),
    },
  ];
  try {
    await sustain(cloud, { eventsARequest: 1, eventsASecond: 20, minutes: 0.1 });
    const alone = await sustain(cloud, { eventsARequest: 1, eventsASecond: 20, minutes: 0.5 });
    rows.push(latencyRow('collect, single events, 20 a second', alone));
    const full = await sustain(cloud, { eventsARequest: 100, eventsASecond: goals.eventsASecond, minutes });
    rows.push(...sustainedRows(full, minutes), latencyRow('collect, batches of 100, 10 a second', full));
  } finally {
    await cloud.stop();
  }
  return [...rows, ...(await unpacedRows(assembly))];
}

function sustainedRows(full: Sustained, minutes: number): BenchRow[] {
  const { events, seconds, lagSeconds } = full;
  const plannedSeconds = 60 * minutes;
  const isKept = seconds < plannedSeconds + 1 && lagSeconds <= goals.lagSeconds;
  const rate = events / (isKept ? plannedSeconds : seconds + lagSeconds);
  return [
    {
      what: `HTTP to profile and lake in batches of 100, sustained ${minutes} minutes`,
      result: `${inThousands(rate)} events a second`,
      beside: `${inThousands(events)} events in ${seconds.toFixed(0)} s, all in profiles and lake ${lagSeconds.toFixed(1)} s later`,
      ...againstGoal(Math.round(rate), { atLeast: goals.eventsASecond }, 'events a second', busy(full)),
    },
  ];
}

function latencyRow(what: string, load: Sustained): BenchRow {
  const [p50, p99] = [0.5, 0.99].map((share) => quantile(load.latenciesMs, share));
  return {
    what: `${what}: p99`,
    result: `${p99?.toFixed(1)} ms`,
    beside: `p50 ${p50?.toFixed(1)} ms, ${inThousands(load.latenciesMs.length)} requests`,
    ...againstGoal(p99 ?? Number.NaN, { atMost: goals.collectP99Ms }, 'ms', busy(load)),
  };
}

async function unpacedRows(assembly: string): Promise<BenchRow[]> {
  const { events, seconds, sentSeconds } = await measureThroughput(assembly);
  return [
    {
      what: 'HTTP as fast as it goes, batches of 100, until accepted',
      result: `${inThousands(events / sentSeconds)} events a second`,
      beside: `${inThousands(events)} events`,
    },
    {
      what: 'HTTP as fast as it goes, batches of 100, until in profiles and lake',
      result: `${inThousands(events / seconds)} events a second`,
    },
  ];
}

function busy({ coresBusy }: Sustained): string {
  return `one process plays all services and functions, and kept ${coresBusy.toFixed(1)} of ${availableParallelism()} cores busy`;
}
