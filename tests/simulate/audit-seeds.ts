import { audit } from '#support/auditors/audit.ts';
import type { Finding } from '#support/auditors/audited-run.ts';
import type { TouchpointLog } from '#support/auditors/touchpoint-log.ts';
import type { SeedRun } from './run-seed.ts';
import type { SimulatedCloud } from './simulated-cloud.ts';

/**
 * Asks the auditors about seeds that lived in one cloud, by seed; one without findings is not there. They are asked about all at
 * once, because most of what they do is reading whole tables, and about each seed only when they found something. What they find
 * in no seed alone is told of the first.
 */
export async function auditSeeds(
  runs: readonly SeedRun[],
  { register, decisions }: Pick<SimulatedCloud, 'register' | 'decisions'>,
): Promise<Map<number, readonly Finding[]>> {
  const found = new Map<number, readonly Finding[]>();
  const [first] = runs;
  if (!first) return found;
  const sent = runs.flatMap((run) => run.sent);
  const idPrefix = runs.flatMap((run) => run.idPrefix);
  const touchpoints = together(runs.map((run) => run.touchpoints));
  const ofAll = await audit({ target: first.target, idPrefix, sent, touchpoints }, register, decisions);
  if (ofAll.length === 0) return found;
  for (const run of runs) {
    const findings = await audit(run, register, decisions);
    if (findings.length > 0) found.set(run.seed, findings);
  }
  const told = new Set([...found.values()].flat().map(({ auditor }) => auditor));
  const untold = ofAll.filter(({ auditor }) => !told.has(auditor));
  return untold.length === 0 ? found : found.set(first.seed, [...(found.get(first.seed) ?? []), ...untold]);
}

function together(logs: readonly TouchpointLog[]): TouchpointLog {
  return {
    asked: logs.flatMap(({ asked }) => asked),
    told: logs.flatMap(({ told }) => told),
    refusals: logs.flatMap(({ refusals }) => refusals),
    repeats: logs.reduce((sum, { repeats }) => sum + repeats, 0),
    mostCustomers: Math.max(0, ...logs.map(({ mostCustomers }) => mostCustomers)),
  };
}
