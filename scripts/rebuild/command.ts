import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { dynamoPersonas } from '#adapters/customers-table/dynamo-personas.ts';
import { emptyState } from '#domain/profile/persona-state.ts';
import { repaired } from '#domain/profile/rebuildable.ts';
import { gather } from '#runtime/gather.ts';
import { command } from '#scripts/run/command.ts';
import { logLine, showProgress } from '#scripts/run/show-progress.ts';
import { stageOption } from '#scripts/run/stage-option.ts';
import { stageIdentifiers } from '#scripts/target/stage-identifiers.ts';
import { outputOf, type Target, targetOf } from '#scripts/target/target.ts';
import { type Difference, differencesIn } from './differences.ts';
import { identityDifferences } from './identity-differences.ts';
import { livePersonas } from './live-personas.ts';
import { repairIdentities } from './repair-identities.ts';
import { stageNames } from './stage-names.ts';

/** Of the lake a sixteenth of the personas is in memory at a time, by the first hex digit of their id; each of them reads it once more. */
const shards = [...'0123456789abcdef'];

const Values = z.object({
  repair: z.boolean().default(false).describe('Writes the folded state over what differs, and tells the links again'),
  stage: stageOption,
});

export const rebuild = command({
  name: 'rebuild',
  summary: 'Folds the lake from nothing and reports every persona and every identifier whose live state differs',
  notes:
    'What has not landed yet counts as a difference: run it when the buffers of deliveries are empty. A second run has no second effect.',
  values: Values,
  main: fold,
});

async function fold({ repair: isRepair, stage }: z.output<typeof Values>): Promise<void> {
  const target = await targetOf(stage);
  const live = await livePersonas(target);
  const isInUse = await stageNames(target);
  let compared = 0;
  let different = 0;
  for (const shard of shards) {
    const { personas, differences } = await differencesIn(target, shard, live, isInUse);
    for (const { personaId, detail } of differences) logLine(`${personaId}: ${detail}`);
    if (isRepair) await repair(target, differences);
    compared += personas;
    different += differences.length;
    showProgress(`${compared} personas compared, ${different} differ`);
  }
  const told = isRepair && different > 0 ? `; ${different} repaired` : '';
  logLine(`${compared} personas compared, ${different} differ${told}`);
  const differentIdentities = await checkIdentities(target, stage, isRepair);
  if (different + differentIdentities > 0 && !isRepair) process.exitCode = 1;
}

/** Compares who is one customer; gives the number of differences. */
async function checkIdentities(target: Target, stage: string | undefined, isRepair: boolean): Promise<number> {
  const rules = stageIdentifiers(stage).types;
  const comparison = await identityDifferences(target, rules);
  const { identifiers, differences } = comparison;
  for (const { key, detail } of differences) console.log(`${key} ${detail}`);
  if (isRepair) await repairIdentities(target, rules, comparison);
  const told = isRepair && differences.length > 0 ? '; their links and pointers were written again' : '';
  console.log(`${identifiers} linked identifiers compared, ${differences.length} differ${told}`);
  return differences.length;
}

/** Writes the folded states over the live ones. A persona that changes meanwhile is left for the next run. */
async function repair(target: Target, differences: readonly Difference[]): Promise<void> {
  const personas = dynamoPersonas(new DynamoDBClient(target.client), outputOf(target, 'CustomersTableName'));
  await gather(differences, 8, async ({ personaId, rebuilt }) => {
    const loaded = await personas.load(personaId, { days: [], orderKeys: [] });
    const state = repaired(loaded.state, rebuilt ?? emptyState());
    const result = await personas.save(loaded, { state, days: new Map(), orders: new Map() }, Date.now());
    if (result === 'conflict') logLine(`${personaId} changed meanwhile: run it again`);
  });
}
