import { parseArgs } from 'node:util';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoPersonas } from '#adapters/dynamo-personas.ts';
import { emptyState, repaired } from '#domain/profile/profile.ts';
import { gather } from '#shared/gather.ts';
import { type Difference, differencesIn } from './rebuild/differences.ts';
import { livePersonas } from './rebuild/live-personas.ts';
import { outputOf, type Target, targetOf } from './target.ts';

/** Personas are compared a sixteenth at a time, by the first hex digit of their id, to bound memory. */
const shards = [...'0123456789abcdef'];

/**
 * `npm run rebuild [-- --repair] [-- --stage STAGE]`: folds the lake from nothing and reports every persona whose live state
 * differs; with `--repair` it writes the folded state. What has not landed yet counts as a difference: run it when the
 * deliveries' buffers are empty. Running it twice has no second effect.
 */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { stage: { type: 'string' }, repair: { type: 'boolean', default: false } } });
  const target = targetOf(values.stage);
  const live = await livePersonas(target);
  let compared = 0;
  let different = 0;
  for (const shard of shards) {
    const { personas, differences } = await differencesIn(target, shard, live);
    for (const { personaId, detail } of differences) console.log(`\r${personaId}: ${detail}`);
    if (values.repair) await repair(target, differences);
    compared += personas;
    different += differences.length;
    process.stdout.write(`\r${compared} personas compared, ${different} differ`);
  }
  console.log(values.repair && different > 0 ? `; ${different} repaired` : '');
  if (different > 0 && !values.repair) process.exitCode = 1;
}

/** Writes the folded states over the live ones. A persona that changes meanwhile is left for the next run. */
async function repair(target: Target, differences: readonly Difference[]): Promise<void> {
  const personas = dynamoPersonas(new DynamoDBClient(target.client), outputOf(target, 'CustomersTableName'));
  await gather(differences, 8, async ({ personaId, rebuilt }) => {
    const loaded = await personas.load(personaId, { days: [], orderIds: [] });
    const state = repaired(loaded.state, rebuilt ?? emptyState());
    const result = await personas.save(loaded, { state, days: new Map(), orders: new Map() }, Date.now());
    if (result === 'conflict') console.log(`\r${personaId} changed meanwhile: run it again`);
  });
}

await main();
