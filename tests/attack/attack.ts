import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { dynamoCredentialRegister } from '#adapters/credentials-table/dynamo-credential-register.ts';
import { gather } from '#runtime/gather.ts';
import { basicAuth } from '#scripts/target/basic-auth.ts';
import { outputOf, type Target } from '#scripts/target/target.ts';
import { loadCatalogue } from '#scripts/world/load-catalogue.ts';
import { randomOf } from '#scripts/world/random.ts';
import type { SimulatedCloud } from '#simulate/simulated-cloud.ts';
import { askFirm, type FirmAccess } from './ask-firm.ts';
import { packedAttacks } from './pack-attacks.ts';
import type { Loot } from './random-attack.ts';
import { differences, safePart } from './safe-part.ts';
import { tellOfVictims, victims } from './victims.ts';

/** What an attack came to. */
export interface Attacked {
  /** How each kind of request was answered, by status. */
  readonly answers: Readonly<Record<string, Readonly<Record<number, number>>>>;
  /** What is not the attacker's to change and is not as it was. */
  readonly found: readonly string[];
}

/** Attacks between two lines of progress. */
const toldEach = 5000;

const Decided = z.object({
  decisionId: z.string(),
  treatments: z.array(z.object({ treatmentId: z.string() })),
});

/**
 * Has a firm with customers attacked by somebody who has its public key, knows the customers' ids, addresses and numbers, and has seen what
 * ids of decisions look like; then compares what must not have changed.
 */
export async function attack(
  { cloud, target, serverKey, adminKey }: SimulatedCloud,
  { customers, requests, seed }: { customers: number; requests: number; seed: number },
  onProgress: (done: string) => void = () => {},
): Promise<Attacked> {
  const { url } = cloud;
  await loadCatalogue({ url, adminKey });
  const all = victims(customers);
  await tellOfVictims(all, { url, serverKey, nowMs: cloud.now(), seed });
  await cloud.settle();
  const links = await linksOf(all.slice(0, 50), { url, adminKey });
  await cloud.settle();
  onProgress(`${customers} customers told of`);
  const before = await safePart(all, { url, adminKey, target });
  onProgress(`${before.size} parts of them read`);

  const loot: Loot = { victims: all, links, nowMs: cloud.now() };
  const random = randomOf(seed);
  const headers = {
    'content-type': 'application/json',
    authorization: basicAuth(await publicKey(target, cloud.now())),
  };
  const answers = new Map<string, Map<number, number>>();
  let made = 0;
  const pack = packedAttacks(requests, random, loot);
  const attackOn = async (): Promise<void> => {
    for (const { names, method, path, body } of pack) {
      const response = await fetch(`${url}${path}`, { method, headers, body: JSON.stringify(body) });
      await response.arrayBuffer();
      for (const name of names) {
        const statuses = answers.get(name) ?? new Map<number, number>();
        answers.set(name, statuses.set(response.status, (statuses.get(response.status) ?? 0) + 1));
        made += 1;
        if (made % toldEach === 0) onProgress(`${made} of ${requests} attacks made`);
      }
    }
  };
  // All take from the one generator.
  await Promise.all(Array.from({ length: 8 }, attackOn));
  await cloud.settle();
  onProgress('all attacks had their effects');
  const after = await safePart(all, { url, adminKey, target });
  onProgress(`${after.size} parts read again`);
  return {
    answers: Object.fromEntries([...answers].sort().map(([name, statuses]) => [name, Object.fromEntries(statuses)])),
    found: differences(before, after),
  };
}

/** A page's key that no rate holds back: what is refused for its haste would prove nothing. */
async function publicKey(target: Target, nowMs: number): Promise<string> {
  const client = new DynamoDBClient(target.client);
  const register = dynamoCredentialRegister(client, outputOf(target, 'CredentialsTableName'));
  const parts = { name: 'page', touchpoint: 'web', scopes: ['collect'], trust: 'public' } as const;
  const made = await register.make(
    { ...parts, scopes: [...parts.scopes], eventsPerSecond: 1_000_000 },
    new Date(nowMs),
  );
  client.destroy();
  return made.key;
}

/** Decisions that were really made and shown, so that ledgers, budgets and models hold something and there are links to forge. */
async function linksOf(some: readonly { readonly userId: string }[], access: FirmAccess): Promise<Loot['links']> {
  const decided = await gather(some, 8, ({ userId }) =>
    askFirm(Decided, access, '/v1/decisions', { customer: `user_id:${userId}`, placements: ['web/home-hero'] }),
  );
  return decided.flatMap(({ decisionId, treatments }) =>
    treatments.slice(0, 1).map(({ treatmentId }) => ({ decisionId, treatmentId })),
  );
}
