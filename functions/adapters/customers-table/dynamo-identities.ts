import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { storeOf } from '#adapters/dynamodb/batch-reader.ts';
import {
  bytesOf,
  type Cluster,
  type ClusterUpdate,
  graphOf,
  keyOfPersona,
  largestClaimedBytes,
  largestClusterBytes,
} from '#domain/identity/cluster.ts';
import { type ClusterStep, stepCluster } from '#domain/identity/cluster-step.ts';
import { cutBetween } from '#domain/identity/cut-between.ts';
import { personaOfKey } from '#domain/identity/identifier-key.ts';
import type { IdentifierRules } from '#domain/identity/identifier-rules.ts';
import { aliasOf, joinMembers, linkOf, type Member } from '#domain/identity/identity-graph.ts';
import { mayHold } from '#domain/identity/may-hold.ts';
import type { NewClaim } from '#domain/identity/new-claims.ts';
import type { NewLink } from '#domain/identity/new-links.ts';
import { outsideLinks } from '#domain/identity/outside-links.ts';
import { lowerEnd } from '#domain/identity/sharing.ts';
import { joinWords, type Word } from '#domain/identity/word.ts';
import type { Identities, KnownIdentifier, SeenIdentifier } from '#ports/identities.ts';
import { chunksOf } from '#runtime/chunks-of.ts';
import { IdentitiesContendedError } from '#runtime/errors.ts';
import { fullJitter, untilSettled } from '#runtime/retry.ts';
import { commitCluster, finishPointers } from './commit-cluster.ts';
import { type Pointer, pointerFrom } from './identity-items.ts';
import { clusterAt, ledLinks, type Neighbourhood, neighbourhoodOf } from './identity-neighbourhood.ts';
import { pointerKey } from './keys.ts';

/** A commit writes all clusters, ledgers and new pointers that it is about, in one transaction of at most a hundred items. */
const linksACommit = 8;
const attempts = 12;
const nothingNew: ClusterUpdate['members'] = new Map();

/** Links and clusters in the customers table: every change is one transaction, conditional on every cluster that it read. */
export function dynamoIdentities(
  client: DynamoDBClient,
  table: string,
  rules: IdentifierRules,
  pause = fullJitter(20, 800),
): Identities {
  const store = storeOf(client, table);

  /** Reads and writes until nobody else wrote in between. */
  async function settle<Result>(personaId: string, attemptOnce: () => Promise<Result | 'conflict'>): Promise<Result> {
    const settled = await untilSettled(attempts, pause, attemptOnce);
    if (settled === 'conflict')
      throw new IdentitiesContendedError(`The cluster of ${personaId} changed under ${attempts} attempts to write it`);
    return settled;
  }

  /** One attempt to tell the clusters around some identifiers what is new. */
  async function tell(
    { clusters, lonePersonas }: Neighbourhood,
    update: ClusterUpdate,
    nowMs: number,
  ): Promise<Outcome> {
    const step = await reopened(
      stepCluster(clusters, update, lonePersonas, rules, nowMs),
      { clusters, lonePersonas },
      update,
      nowMs,
    );
    const change = step.kind === 'changed' ? step : step.kind === 'full' ? step.record : undefined;
    if (change === undefined) {
      for (const cluster of clusters) await finishPointers(store, cluster, nowMs);
    } else if ((await commitCluster(store, change, nowMs)) === 'conflict') return 'conflict';
    if (step.kind !== 'changed') return step.kind;
    return step.cluster.isRegrouping ? 'regrouping' : 'saved';
  }

  /**
   * A step by which something ceases to be shared, with the links that it led itself: while it was shared they joined nobody, and its
   * cluster was not told of them. They stand in the cluster until they have joined.
   */
  async function reopened(
    step: ClusterStep,
    { clusters, lonePersonas }: Pick<Neighbourhood, 'clusters' | 'lonePersonas'>,
    update: ClusterUpdate,
    nowMs: number,
  ): Promise<ClusterStep> {
    const keys =
      step.kind === 'changed'
        ? step.events.flatMap((event) => (event.kind === 'unshare' ? [event.identifier] : []))
        : [];
    if (keys.length === 0) return step;
    const own = await ledLinks(store, keys, nowMs);
    const whole = stepCluster(clusters, { ...update, links: [...update.links, ...own] }, lonePersonas, rules, nowMs);
    return whole.kind === 'changed' ? whole : step;
  }

  /** Tells a cluster of its members alone, and of nothing new for as long as they are on their way to their customers. */
  async function tellMembers(
    { clusterId }: Pick<Pointer, 'clusterId'>,
    members: ClusterUpdate['members'],
    nowMs: number,
  ): Promise<void> {
    const outcome = await settle(clusterId, async () =>
      tell(alone(await clusterAt(store, clusterId)), { members, links: [] }, nowMs),
    );
    if (outcome === 'regrouping') await tellMembers({ clusterId }, nothingNew, nowMs);
  }

  /**
   * One attempt to tell of links, of which there may be more to tell after a change: what is shared may be so no more, and what it is
   * seen with now stands in other clusters.
   */
  async function linkOnce(persona: SeenIdentifier, links: readonly NewLink[], nowMs: number): Promise<Outcome> {
    const keys = [persona.identifier, ...links.map(({ identifier }) => identifier)];
    const around = await neighbourhoodOf(store, keys);
    const outcome = await tellLinks(around, persona, links, nowMs);
    if (outcome !== 'unchanged') return outcome;
    for (const { leading, other, ...link } of around.clusters.flatMap((cluster) => outsideLinks(cluster, rules))) {
      const led = await neighbourhoodOf(store, [leading, other]);
      const one = [{ ...link, identifier: other }];
      const joined = await tellLinks(led, { identifier: leading, seenFirstMs: link.atMs }, one, nowMs);
      if (joined !== 'unchanged' && joined !== 'full') return joined;
    }
    return outcome;
  }

  async function tellLinks(
    around: Neighbourhood,
    persona: SeenIdentifier,
    links: readonly NewLink[],
    nowMs: number,
  ): Promise<Outcome> {
    const earliestMs = Math.min(persona.seenFirstMs, ...links.map(({ atMs }) => atMs));
    const members = new Map<string, Member>();
    const add = (told: KnownIdentifier & { readonly heard?: Word | undefined }, firstMs: number | undefined) => {
      const { identifier, value, heard } = told;
      const known = around.heard.get(identifier);
      const member = memberOf({ firstMs, value, words: [heard, known].filter((word) => word !== undefined) });
      members.set(identifier, joinMembers(members.get(identifier), member));
    };
    for (const link of links) add(link, around.seenFirstMs.get(link.identifier));
    add(persona, Math.min(earliestMs, around.seenFirstMs.get(persona.identifier) ?? earliestMs));
    const told = links
      .filter(({ identifier }) => identifier !== persona.identifier)
      .map(({ identifier, atMs, isAlias, seenIn }) => {
        const link = linkOf(persona.identifier, identifier, atMs, nowMs, seenIn);
        return isAlias ? aliasOf(link) : link;
      });
    const shared = new Set(around.shared.keys());
    for (const cluster of elsewhere(around)) {
      // What is shared is told with whom it is seen, and of nobody else: its cluster does not grow, and may find that it is so no more.
      const sights = told.filter((link) => {
        const lower = lowerEnd(link, rules);
        return lower !== undefined && around.shared.get(lower) === cluster;
      });
      const outcome = await tell(alone(cluster), { members: nothingNew, links: sights, shared }, nowMs);
      if (outcome !== 'unchanged' && outcome !== 'full') return outcome;
    }
    return tell(around, { members, links: told, shared }, nowMs);
  }

  /**
   * One attempt to tell of a claim. Only the first word about an identifier joins it to its claimant: any other is noted with the
   * identifier, so that no claim makes two clusters that exist one.
   */
  async function claimOnce(persona: SeenIdentifier, claim: NewClaim, nowMs: number): Promise<Outcome> {
    const { identifier, value, word } = claim;
    const around = await neighbourhoodOf(store, [identifier, word.by]);
    // What is shared is known, and joins nobody.
    if (around.shared.has(identifier)) return 'unchanged';
    const wordsAbout = (key: string) => {
      const member = around.clusters.find(({ members }) => members.has(key))?.members.get(key);
      const told = [around.heard.get(key), key === persona.identifier ? persona.heard : undefined];
      return joinWords(
        member?.words ?? [],
        told.filter((each) => each !== undefined),
      );
    };
    const firstMsOf = (key: string) => (key === persona.identifier ? persona.seenFirstMs : around.seenFirstMs.get(key));
    const words = joinWords(wordsAbout(identifier), [word]);
    const members = new Map([[identifier, memberOf({ firstMs: firstMsOf(identifier), value, words })]]);
    const told: ClusterUpdate = { members, links: [], claimed: new Set(members.keys()) };
    const own = around.clusters.filter((cluster) => cluster.members.has(identifier));
    const only = { ...around, clusters: own };
    const claimant = around.clusters.find((cluster) => cluster.members.has(word.by));
    const isHeld = mayHold(word, words[0], wordsAbout(word.by)[0], claimant);
    const alone: ClusterUpdate = { ...told, members: new Map(members) };
    const tellAlone = () => (bytesOf(graphOf(own, alone)) > largestClusterBytes ? 'full' : tell(only, alone, nowMs));
    if (!isHeld || around.shared.has(word.by)) return tellAlone();
    members.set(word.by, memberOf({ firstMs: firstMsOf(word.by), words: wordsAbout(word.by) }));
    const both: ClusterUpdate = { ...told, claimed: new Set(members.keys()) };
    if (bytesOf(graphOf(around.clusters, both)) <= largestClaimedBytes) return tell(around, both, nowMs);
    return tellAlone();
  }

  async function seenSince({ identifier, seenFirstMs, value, heard }: SeenIdentifier, nowMs: number): Promise<void> {
    const pointer = await readPointer(personaOfKey(identifier));
    if (pointer === undefined) return;
    const told = memberOf({ firstMs: seenFirstMs, value, words: heard === undefined ? [] : [heard] });
    await tellMembers(pointer, new Map([[identifier, told]]), nowMs);
  }

  return {
    async link(persona, links, nowMs) {
      const personaId = personaOfKey(persona.identifier);
      // Again after a change: a persona that was saved after its state was read here, and that looked for its pointer before
      // there was one, is seen now.
      const linkAll = async (some: typeof links) => {
        for (;;) {
          const outcome = await settle(personaId, () => linkOnce(persona, some, nowMs));
          if (outcome === 'unchanged' || outcome === 'full') return outcome;
        }
      };
      let isRefused = false;
      for (const some of chunksOf(links, linksACommit)) {
        if ((await linkAll(some)) === 'unchanged') continue;
        for (const link of some) isRefused = (await linkAll([link])) === 'full' || isRefused;
      }
      // What a refused link would have told of the persona itself.
      if (isRefused) await seenSince(persona, nowMs);
    },

    async claim(persona, claim, nowMs) {
      const personaId = personaOfKey(persona.identifier);
      // Again after a change, as for links.
      for (;;) {
        const outcome = await settle(personaId, () => claimOnce(persona, claim, nowMs));
        if (outcome === 'unchanged' || outcome === 'full') return;
      }
    },

    seenSince,

    async personaSeen(personaId, seenFirstMs, nowMs) {
      const pointer = await readPointer(personaId);
      if (pointer === undefined) return;
      const key = keyOfPersona(await clusterAt(store, pointer.clusterId), personaId);
      if (key !== undefined) await tellMembers(pointer, new Map([[key, { firstMs: seenFirstMs }]]), nowMs);
    },

    async read(personaId) {
      const pointer = await readPointer(personaId);
      return pointer && clusterAt(store, pointer.clusterId);
    },

    async unmerge(request) {
      const pointer = await readPointer(request.personaId);
      if (pointer === undefined) return 'unknown';
      // Whom a cut separates must not depend on how far an earlier change has come.
      await tellMembers(pointer, nothingNew, request.nowMs);
      const { asked, outcome } = await settle(request.personaId, async () => {
        const cluster = await clusterAt(store, pointer.clusterId);
        const asked = cutBetween(cluster, request);
        const cut = asked.kind === 'cut' ? asked.cut : undefined;
        const outcome = await tell(alone(cluster), { members: nothingNew, links: [], cut }, request.nowMs);
        return outcome === 'conflict' ? outcome : { asked, outcome };
      });
      if (outcome === 'regrouping') await tellMembers(pointer, nothingNew, request.nowMs);
      return asked.kind === 'cut' ? 'unmerged' : asked.kind;
    },
  };

  async function readPointer(personaId: string) {
    const item = (await store.read([pointerKey(personaId)])).get(pointerKey(personaId));
    return item && pointerFrom(item);
  }
}

/** What came of telling; `regrouping`: saved, and to be told again of nothing new. */
type Outcome = 'saved' | 'regrouping' | 'unchanged' | 'full' | 'conflict';

/** The clusters of what is shared that are not told of anything else. */
function elsewhere({ shared, clusters }: Neighbourhood): Set<Cluster> {
  const ids = new Set(clusters.map(({ clusterId }) => clusterId));
  return new Set([...shared.values()].filter(({ clusterId }) => !ids.has(clusterId)));
}

/** A cluster with nothing else around it. */
function alone(cluster: Cluster): Neighbourhood {
  return {
    clusters: [cluster],
    lonePersonas: new Set(),
    seenFirstMs: new Map(),
    heard: new Map(),
    shared: new Map(),
  };
}

function memberOf(told: { firstMs?: number | undefined; value?: string | undefined; words?: readonly Word[] }): Member {
  const { firstMs, value, words = [] } = told;
  return {
    ...(firstMs === undefined ? {} : { firstMs }),
    ...(value === undefined ? {} : { value }),
    ...(words.length === 0 ? {} : { words }),
  };
}
