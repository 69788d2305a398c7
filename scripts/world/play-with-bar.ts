import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import cliProgress from 'cli-progress';
import { dynamoCredentialRegister } from '#adapters/credentials-table/dynamo-credential-register.ts';
import { gather } from '#runtime/gather.ts';
import { type LocalCloud, localTarget, outputOf } from '#scripts/target/target.ts';
import type { WorldEvent } from './event.ts';
import { play } from './play.ts';

/** Plays events to a local cloud, each through its touchpoint's own credential, until they are in profiles and lake. */
export async function playWithBar(events: readonly WorldEvent[], cloud: LocalCloud): Promise<void> {
  const target = localTarget(cloud);
  const register = dynamoCredentialRegister(
    new DynamoDBClient(target.client),
    outputOf(target, 'CredentialsTableName'),
  );
  const touchpoints = [...new Set(events.map(({ touchpoint }) => touchpoint))];
  const keys = new Map(
    await gather(touchpoints, 4, async (touchpoint) => {
      const { key } = await register.make(
        // A world is history: a browser does not tell of what was weeks ago.
        { name: `world ${touchpoint}`, touchpoint, scopes: ['collect'], trust: 'server' },
        new Date(),
      );
      return [touchpoint, key] as const;
    }),
  );
  const stage = {
    url: cloud.url,
    keyOf: (touchpoint: WorldEvent['touchpoint']) => keys.get(touchpoint) ?? cloud.serverKey,
  };

  const startedAt = performance.now();
  const bar = new cliProgress.SingleBar(
    { format: '  {bar} {value}/{total} events, {duration_formatted}', noTTYOutput: true, notTTYSchedule: 5000 },
    cliProgress.Presets.shades_classic,
  );
  console.log('Playing a world through the HTTP API …');
  bar.start(events.length, 0);
  const { accepted, rejected } = await play(events, stage, (sent) => bar.increment(sent));
  bar.stop();
  await fetch(`${cloud.url}/_local/settle`, { method: 'POST' });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
  console.log(`${accepted} events accepted, ${rejected} rejected; in profiles and lake after ${seconds} s.`);
}
