import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dayMs } from '#domain/calendar/days.ts';
import { runQuery } from '#scripts/athena/athena-query.ts';
import { startLocalProcess } from '#scripts/run/local-process.ts';
import { synthesize } from '#scripts/run/synthesize.ts';
import { localTarget } from '#scripts/target/target.ts';
import { readMeter, resetMeter, type Usage } from './meter-client.ts';

/** What one query of an empty lake made AWS bill. */
export interface MeasuredQuery {
  readonly stage: string;
  readonly asked: string;
  readonly usage: readonly Usage[];
}

/** Asks the lake of each stage as analysts do. It is empty: what is listed does not depend on what is there, what is scanned does. */
export async function measureQueries(stages: readonly string[]): Promise<readonly MeasuredQuery[]> {
  const measured: MeasuredQuery[] = [];
  for (const stage of stages) {
    const assembly = mkdtempSync(join(tmpdir(), 'lemniscate-bill-'));
    try {
      await synthesize(['--output', assembly, '--context', `stage=${stage}`]);
      measured.push(...(await queriesOf(stage, assembly)));
    } finally {
      rmSync(assembly, { recursive: true, force: true });
    }
  }
  return measured;
}

async function queriesOf(stage: string, assembly: string): Promise<readonly MeasuredQuery[]> {
  const cloud = await startLocalProcess(['--port', '0', '--assembly', assembly]);
  const monthAgo = new Date(Date.now() - 30 * dayMs).toISOString().slice(0, 10);
  const queries = [
    ['`v_interactions`', 'SELECT count(*) AS n FROM v_interactions'],
    ['`interactions` of 30 days', `SELECT count(*) AS n FROM interactions WHERE dt > '${monthAgo}'`],
  ] as const;
  try {
    const measured: MeasuredQuery[] = [];
    for (const [asked, sql] of queries) {
      await resetMeter(cloud.info.url);
      await runQuery(localTarget(cloud.info), sql);
      const { usage } = await readMeter(cloud.info.url);
      measured.push({ stage, asked, usage: usage.filter(({ service }) => service === 'athena') });
    }
    return measured;
  } finally {
    await cloud.stop();
  }
}
