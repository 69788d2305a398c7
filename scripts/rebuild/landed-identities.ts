import { isAliasIn } from '#domain/identity/alias-in.ts';
import { personaOfKey } from '#domain/identity/identifier-key.ts';
import type { Cut, IdentityGraph, Link, Member } from '#domain/identity/identity-graph.ts';
import { aliasOf, joinLinks, linkOf } from '#domain/identity/identity-graph.ts';
import { provenLinks } from '#domain/identity/proven-links.ts';
import { sightPeriod } from '#domain/identity/sight-period.ts';
import { joinWords } from '#domain/identity/word.ts';
import { wordsOf } from '#domain/identity/words-of.ts';
import { Standing } from '#domain/interaction/standing.ts';
import { runQuery } from '#scripts/athena/athena-query.ts';
import type { Target } from '#scripts/target/target.ts';
import { instantOf, isoTime, listOf } from './landed-row.ts';

const firstsSql = `SELECT persona_id, min(CASE WHEN standing = 'claimed' THEN received_at ELSE occurred_at END) AS first_at
FROM v_interactions
GROUP BY persona_id`;

const toldSql = `SELECT identifiers, standing, type = 'alias' AS is_alias, min(occurred_at) AS first_at, max(occurred_at) AS last_at, min(received_at) AS first_arrival
FROM v_interactions
WHERE cardinality(identifiers) > 0
GROUP BY identifiers, standing, type = 'alias'`;

const cutsSql = `SELECT DISTINCT change_id, recorded_at, asked_by, persona_id, other_persona_id, left_identifiers, right_identifiers
FROM identity_links
WHERE kind = 'cut'`;

/** The graph of identities as the lake's interactions and the requests to unmerge make it, from nothing. */
export async function landedIdentities(target: Target): Promise<IdentityGraph> {
  const [firsts, told, cuts] = await Promise.all([firstsSql, toldSql, cutsSql].map((sql) => runQuery(target, sql)));
  const firstMs = new Map((firsts?.rows ?? []).map((row) => [String(row.persona_id), instantOf(row.first_at)]));
  const all = (told?.rows ?? []).map(toldIn);
  const links = all.flatMap(({ type, identifiers, atMs, lastMs, proven }): Link[] =>
    proven.map(({ key }) => {
      const link = linkOf(identifiers[0]?.key ?? '', key, atMs, atMs, sightPeriod(lastMs));
      return isAliasIn({ type, identifiers }, key) ? aliasOf(link) : link;
    }),
  );
  const words = Map.groupBy(
    all.flatMap((each) => each.words),
    ({ identifier }) => identifier.key,
  );
  const keys = new Set(all.flatMap(({ identifiers }) => identifiers.map(({ key }) => key)));
  const members = new Map(
    [...keys].map((key): [string, Member] => {
      const first = firstMs.get(personaOfKey(key));
      const said = joinWords((words.get(key) ?? []).map(({ word }) => word));
      return [
        key,
        { ...(first === undefined ? {} : { firstMs: first }), ...(said.length === 0 ? {} : { words: said }) },
      ];
    }),
  );
  return { members, links: joinLinks(links), cuts: (cuts?.rows ?? []).map(cutOf), shared: new Set() };
}

/** What interactions with the same identifiers say. */
function toldIn(row: Readonly<Record<string, string | null>>) {
  const identifiers = listOf(row.identifiers).map((key) => ({ key }));
  const receivedAt = isoTime(row.first_arrival);
  const standing = Standing.optional().parse(row.standing ?? undefined);
  const said = { identifiers, receivedAt, ...(standing === undefined ? {} : { standing }) };
  return {
    // Of calls that are no alias only that counts here.
    type: row.is_alias === 'true' ? ('alias' as const) : ('track' as const),
    identifiers,
    atMs: instantOf(row.first_at),
    lastMs: instantOf(row.last_at),
    proven: provenLinks(said),
    words: wordsOf(said),
  };
}

function cutOf(row: Readonly<Record<string, string | null>>): Cut {
  return {
    left: listOf(row.left_identifiers),
    right: listOf(row.right_identifiers),
    atMs: instantOf(row.recorded_at),
    askedBy: String(row.asked_by),
    fromPersonaId: String(row.other_persona_id),
    personaId: String(row.persona_id),
  };
}
