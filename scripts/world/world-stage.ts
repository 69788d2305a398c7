import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { dynamoCredentialRegister } from '#adapters/credentials-table/dynamo-credential-register.ts';
import type { Touchpoint } from '#domain/vocabulary/touchpoint.ts';
import { gather } from '#runtime/gather.ts';
import { type LocalCloud, localTarget, outputOf } from '#scripts/target/target.ts';
import type { Stage } from './play.ts';

/** Gives each touchpoint of a world a credential of its own on a local cloud. */
export async function worldStage(cloud: LocalCloud, touchpoints: ReadonlySet<Touchpoint>): Promise<Stage> {
  const target = localTarget(cloud);
  const client = new DynamoDBClient(target.client);
  const register = dynamoCredentialRegister(client, outputOf(target, 'CredentialsTableName'));
  const keys = new Map(
    await gather([...touchpoints], 4, async (touchpoint) => {
      const { key } = await register.make(
        // A browser does not tell of what was weeks or hours ago.
        { name: `world ${touchpoint}`, touchpoint, scopes: ['collect', 'decide'], trust: 'server' },
        new Date(),
      );
      return [touchpoint, key] as const;
    }),
  );
  client.destroy();
  return { url: cloud.url, keyOf: (touchpoint) => keys.get(touchpoint) ?? cloud.serverKey };
}
