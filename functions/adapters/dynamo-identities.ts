import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { Cluster, News } from '#domain/identity/cluster.ts';
import { stepCluster } from '#domain/identity/cluster-step.ts';
import { cutBetween } from '#domain/identity/cut-between.ts';
import { personaOfKey } from '#domain/identity/identifier-key.ts';
import type { IdentifierRules } from '#domain/identity/identifier-rules.ts';
import { joinMembers, linkOf, type Member } from '#domain/identity/identity-graph.ts';
import type { Identities, KnownIdentifier } from '#ports';
import { IdentitiesContendedError } from '#shared/errors.ts';
import { fullJitter } from '#shared/pause.ts';
import { commitCluster, finishPointers } from './commit-cluster.ts';
import { pointerFrom, pointerKey } from './identity-items.ts';
import { clusterAt, type Surroundings, surroundingsOf } from './identity-surroundings.ts';
import { readItems } from './read-items.ts';

/** A commit writes all clusters, ledgers and new pointers that it is about, in one transaction of at most a hundred items. */
const linksACommit = 8;
const attempts = 12;

/** Links and clusters in the customers table: every change is one transaction, conditional on every cluster that it read. */
export function dynamoIdentities(
  client: DynamoDBClient,
  table: string,
  rules: IdentifierRules,
  pause = fullJitter(20, 800),
): Identities {
  const store = { client, table };

  /** Reads and writes until nobody else wrote in between. */
  async function settle<Result>(personaId: string, attemptOnce: () => Promise<Result | 'conflict'>): Promise<Result> {
    for (let attempt = 1; attempt <= attempts; attempt++) {
      const result = await attemptOnce();
      if (result !== 'conflict') return result;
      await pause(attempt);
    }
    throw new IdentitiesContendedError(`The cluster of ${personaId} changed under ${attempts} attempts to write it`);
  }

  /** One attempt to tell the clusters around some identifiers what is new. */
  async function tell(surroundings: Surroundings, news: News, nowMs: number): Promise<Outcome> {
    const step = stepCluster(surroundings.clusters, news, surroundings.lonePersonas, rules, nowMs);
    if (step.kind === 'unchanged') {
      for (const cluster of surroundings.clusters) await finishPointers(store, cluster, nowMs);
      return 'unchanged';
    }
    return commitCluster(store, { ...step, before: surroundings.clusters }, nowMs);
  }

  async function linkOnce(
    persona: Parameters<Identities['link']>[0],
    links: Parameters<Identities['link']>[1],
    nowMs: number,
  ): Promise<Outcome> {
    const keys = [persona.identifier, ...links.map(({ identifier }) => identifier)];
    const around = await surroundingsOf(store, keys);
    const earliestMs = Math.min(persona.seenFirstMs, ...links.map(({ atMs }) => atMs));
    const members = new Map<string, Member>();
    const add = ({ identifier, value }: KnownIdentifier, firstMs: number | undefined) => {
      const told = { ...(firstMs === undefined ? {} : { firstMs }), ...(value === undefined ? {} : { value }) };
      members.set(identifier, joinMembers(members.get(identifier), told));
    };
    for (const link of links) add(link, around.seenFirstMs.get(link.identifier));
    add(persona, Math.min(earliestMs, around.seenFirstMs.get(persona.identifier) ?? earliestMs));
    const news = {
      members,
      links: links
        .filter(({ identifier }) => identifier !== persona.identifier)
        .map(({ identifier, atMs }) => linkOf(persona.identifier, identifier, atMs, nowMs)),
      shared: around.shared,
    };
    return tell(around, news, nowMs);
  }

  return {
    async link(persona, links, nowMs) {
      const personaId = personaOfKey(persona.identifier);
      for (let done = 0; done < links.length; done += linksACommit) {
        const some = links.slice(done, done + linksACommit);
        // Again after a change: a persona that was saved after its state was read here, and that looked for its pointer before
        // there was one, is seen now.
        for (let outcome: Outcome = 'saved'; outcome === 'saved'; ) {
          outcome = await settle(personaId, () => linkOnce(persona, some, nowMs));
        }
      }
    },

    async seenSince({ identifier, seenFirstMs, value }, nowMs) {
      const pointer = await readPointer(personaOfKey(identifier));
      if (pointer === undefined) return;
      await settle(personaOfKey(identifier), async () => {
        const cluster = await clusterAt(store, pointer.clusterId);
        const told = { firstMs: seenFirstMs, ...(value === undefined ? {} : { value }) };
        return tell(alone(cluster), { members: new Map([[identifier, told]]), links: [] }, nowMs);
      });
    },

    async read(personaId) {
      const pointer = await readPointer(personaId);
      return pointer && clusterAt(store, pointer.clusterId);
    },

    async unmerge(request) {
      const pointer = await readPointer(request.personaId);
      if (pointer === undefined) return 'unknown';
      return settle(request.personaId, async () => {
        const cluster = await clusterAt(store, pointer.clusterId);
        const asked = cutBetween(cluster, request);
        const cut = asked.kind === 'cut' ? asked.cut : undefined;
        const outcome = await tell(alone(cluster), { members: new Map(), links: [], cut }, request.nowMs);
        if (outcome === 'conflict') return outcome;
        return asked.kind === 'cut' ? 'unmerged' : asked.kind;
      });
    },
  };

  async function readPointer(personaId: string) {
    const item = (await readItems(client, table, [pointerKey(personaId)])).get(pointerKey(personaId));
    return item && pointerFrom(item);
  }
}

type Outcome = 'saved' | 'unchanged' | 'conflict';

/** A cluster with nothing else around it. */
function alone(cluster: Cluster): Surroundings {
  return { clusters: [cluster], lonePersonas: new Set(), seenFirstMs: new Map(), shared: new Set() };
}
