import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { readIdentityKey } from '#adapters/secrets-manager/secret-identity-key.ts';
import { idOfItem } from '#domain/catalogue/catalogue.ts';
import type { Decision } from '#domain/decision/decision.ts';
import { shownBy } from '#domain/decision/decision-effects.ts';
import { remoteCatalogue } from '#scripts/catalogue/remote-catalogue.ts';
import { localTarget, outputOf } from '#scripts/target/target.ts';
import type { TestCloud } from './cloud.ts';
import { fixedDecisions } from './fixed-decisions.ts';
import { type StoredPerson, storedPerson } from './stored-person.ts';
import { type Ask, type Event, identifierOf, type Role, roles, unmergeCatalogue, type World } from './unmerge-world.ts';

type Seeded = Readonly<{ seed: number }>;

/** All that is told and stored of a world's two customers. */
export interface Known {
  /** Profiles and timelines of the API. */
  readonly told: readonly unknown[];
  readonly stored: readonly StoredPerson[];
  /** What would be decided for each at a moment, and from what: arms, candidates, reasons, scores, features. */
  readonly decided: readonly Decision[];
}

/** A cloud in which worlds take place. */
export interface UnmergePlace {
  readonly cloud: TestCloud;
  personaId(world: Seeded, role: Role): string;
  /** Sends events and waits until they have had all their effects. */
  send(events: readonly Event[]): Promise<void>;
  /** Asks each world's questions one after the other, and then tells what the customers did with what was shown. */
  ask(worlds: readonly World[], asksOf: (world: World) => readonly Ask[]): Promise<Decision[][]>;
  /** Takes the browser out of the customer. */
  unmerge(world: Seeded): Promise<{ readonly status: number; readonly body: unknown }>;
  known(world: Seeded, atMs: number): Promise<Known>;
  stop(): void;
}

/** Saves the worlds' catalogue in a cloud and opens what is asked of it. */
export async function unmergePlace(cloud: TestCloud): Promise<UnmergePlace> {
  const { url, adminKey } = cloud.info;
  const remote = remoteCatalogue({ url, key: adminKey });
  for (const item of unmergeCatalogue) {
    const put = await remote.put(item.kind, idOfItem(item), item.item, undefined);
    if (put.kind === 'refused') throw new Error(`${idOfItem(item)}: ${put.message}`);
  }
  const target = localTarget(cloud.info);
  const [client, secrets] = [new DynamoDBClient(target.client), new SecretsManagerClient(target.client)];
  const key = await readIdentityKey(secrets, outputOf(target, 'IdentityKeySecretArn'));
  const decisions = await fixedDecisions(cloud);
  const table = outputOf(target, 'CustomersTableName');
  const personaId = (world: Seeded, role: Role) => key.personaId(...identifierOf(world, role));
  const nameOf = (world: Seeded, role: Role) => identifierOf(world, role).join(':');

  async function admin(method: string, path: string, json?: unknown) {
    const options = { key: adminKey, ...(json === undefined ? {} : { json }) };
    const { status, body } = await cloud.call(method, `/v1/${path}`, options);
    return { status, body };
  }

  async function decideAll(world: World, asks: readonly Ask[]): Promise<Decision[]> {
    const made: Decision[] = [];
    for (const { role, ...asked } of asks) {
      made.push(await decisions.decide({ ...asked, personaId: personaId(world, role) }));
    }
    return made;
  }

  return {
    cloud,
    personaId,

    async send(events) {
      for (let at = 0; at < events.length; at += 50) {
        const { status } = await cloud.call('POST', '/v1/batch', { json: { batch: events.slice(at, at + 50) } });
        if (status !== 200) throw new Error(`A batch of events was answered with ${status}`);
      }
      await cloud.settle();
    },

    async ask(worlds, asksOf) {
      const made = await Promise.all(worlds.map((world) => decideAll(world, asksOf(world))));
      const reports = worlds.flatMap((world, index) =>
        asksOf(world).flatMap(({ disposition, atMs }, place) =>
          shownBy(made[index]?.[place] ?? { placements: [] }).map(({ candidate: { treatmentId } }) => ({
            decisionId: made[index]?.[place]?.decisionId,
            treatmentId,
            disposition,
            // Never after it arrived, and two clouds have different clocks.
            occurredAt: new Date(atMs).toISOString(),
          })),
        ),
      );
      const { status, body } = await admin('POST', 'dispositions', reports);
      if (status !== 200) throw new Error(`Dispositions were answered with ${status}: ${JSON.stringify(body)}`);
      return made;
    },

    unmerge: (world) =>
      admin('POST', `customers/${nameOf(world, 'user')}/unmerge`, { identifier: nameOf(world, 'browser') }),

    async known(world, atMs) {
      const paths = roles.map((role) => nameOf(world, role)).flatMap((name) => [name, `${name}/timeline?limit=200`]);
      const previews = roles.map((role) => ({
        name: `${world.seed} ${role} at ${atMs}`,
        personaId: personaId(world, role),
        placements: ['web/home', 'web/hello'],
        atMs,
        isPreview: true,
      }));
      return {
        told: await Promise.all(paths.map((path) => admin('GET', `customers/${path}`))),
        stored: await Promise.all(roles.map((role) => storedPerson(client, table, personaId(world, role)))),
        decided: await Promise.all(previews.map((preview) => decisions.decide(preview))),
      };
    },

    stop() {
      decisions.stop();
      for (const each of [client, secrets]) each.destroy();
    },
  };
}
