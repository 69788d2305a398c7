import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { rewritePointers } from '#adapters/customers-table/commit-cluster.ts';
import { dynamoIdentities } from '#adapters/customers-table/dynamo-identities.ts';
import { storeOf } from '#adapters/dynamodb/batch-reader.ts';
import { heldClaims } from '#domain/identity/held-claims.ts';
import { personaOfKey } from '#domain/identity/identifier-key.ts';
import { type IdentifierRules, rulesOfKey } from '#domain/identity/identifier-rules.ts';
import { outputOf, type Target } from '#scripts/target/target.ts';
import type { IdentityComparison } from './identity-differences.ts';

/** Tells the table the lake's links of identifiers that differ, and writes wrong pointers again; what is right stays as it is. */
export async function repairIdentities(
  target: Target,
  rules: IdentifierRules,
  { differences, landed, live }: IdentityComparison,
): Promise<void> {
  const client = new DynamoDBClient(target.client);
  const store = storeOf(client, outputOf(target, 'CustomersTableName'));
  const nowMs = Date.now();
  const wrong = new Set(live.wrongPointers);
  for (const cluster of live.clusters) {
    const keys = [...cluster.members.keys()].filter((key) => wrong.has(personaOfKey(key)));
    if (keys.length > 0) await rewritePointers(store, cluster, keys, nowMs);
  }

  const identities = dynamoIdentities(client, store.table, rules);
  const different = new Set(differences.map(({ key }) => key));
  for (const { a, b, atMs, isAlias, seenIn } of landed.links.filter(
    (link) => different.has(link.a) || different.has(link.b),
  )) {
    const [primary, other] = rulesOfKey(a, rules).priority >= rulesOfKey(b, rules).priority ? [a, b] : [b, a];
    const seenFirstMs = landed.members.get(primary)?.firstMs ?? atMs;
    await identities.link(
      { identifier: primary, seenFirstMs },
      [{ identifier: other, atMs, ...(isAlias ? { isAlias } : {}), ...(seenIn === undefined ? {} : { seenIn }) }],
      nowMs,
    );
  }
  for (const { by, key, atMs } of heldClaims(landed).filter(
    (claim) => different.has(claim.key) || different.has(claim.by),
  )) {
    const persona = { identifier: key, seenFirstMs: landed.members.get(key)?.firstMs ?? atMs };
    await identities.claim(persona, { identifier: key, word: { atMs, by } }, nowMs);
  }
  for (const key of different) {
    const { firstMs, words } = landed.members.get(key) ?? {};
    if (firstMs === undefined) continue;
    await identities.seenSince({ identifier: key, seenFirstMs: firstMs, heard: words?.[0] }, nowMs);
  }
  const firstMs = new Map([...landed.members].map(([key, member]) => [personaOfKey(key), member.firstMs]));
  for (const personaId of live.unseenPersonas) {
    await identities.personaSeen(personaId, firstMs.get(personaId) ?? nowMs, nowMs);
  }
  client.destroy();
}
