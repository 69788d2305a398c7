import { personaOfKey } from '#domain/identity/identifier-key.ts';
import type { Cut, IdentityGraph, Link, Member } from '#domain/identity/identity-graph.ts';
import { joinLinks, linkOf } from '#domain/identity/identity-graph.ts';
import { runQuery } from '../athena-query.ts';
import type { Target } from '../target.ts';
import { instantOf, listOf } from './landed-row.ts';

const firstsSql = 'SELECT persona_id, min(occurred_at) AS first_at FROM v_interactions GROUP BY persona_id';

const linksSql = `SELECT identifiers, min(occurred_at) AS first_at
FROM v_interactions
WHERE cardinality(identifiers) > 1
GROUP BY identifiers`;

const cutsSql = `SELECT DISTINCT change_id, recorded_at, asked_by, persona_id, other_persona_id, left_identifiers, right_identifiers
FROM identity_links
WHERE kind = 'cut'`;

/** The graph of identities as the lake's interactions and the requests to unmerge make it, from nothing. */
export async function landedIdentities(target: Target): Promise<IdentityGraph> {
  const [firsts, links, cuts] = await Promise.all([firstsSql, linksSql, cutsSql].map((sql) => runQuery(target, sql)));
  const firstMs = new Map((firsts?.rows ?? []).map((row) => [String(row.persona_id), instantOf(row.first_at)]));
  const all = (links?.rows ?? []).flatMap((row): Link[] => {
    const [primary = '', ...others] = listOf(row.identifiers);
    const atMs = instantOf(row.first_at);
    return others.map((other) => linkOf(primary, other, atMs, atMs));
  });
  const keys = new Set(all.flatMap(({ a, b }) => [a, b]));
  const members = new Map(
    [...keys].map((key): [string, Member] => {
      const first = firstMs.get(personaOfKey(key));
      return [key, first === undefined ? {} : { firstMs: first }];
    }),
  );
  return { members, links: joinLinks(all), cuts: (cuts?.rows ?? []).map(cutOf), shared: new Set() };
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
