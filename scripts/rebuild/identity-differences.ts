import { personaOfKey } from '#domain/identity/identifier-key.ts';
import type { IdentifierRules } from '#domain/identity/identifier-rules.ts';
import type { IdentityGraph } from '#domain/identity/identity-graph.ts';
import { partitionOf } from '#domain/identity/partition.ts';
import { runQuery } from '#scripts/athena/athena-query.ts';
import type { Target } from '#scripts/target/target.ts';
import { landedIdentities } from './landed-identities.ts';
import { type LiveIdentities, liveIdentities } from './live-identities.ts';

/** An identifier whose customer is not what the lake folds to. */
export interface IdentityDifference {
  readonly key: string;
  readonly detail: string;
}

export interface IdentityComparison {
  readonly identifiers: number;
  readonly differences: readonly IdentityDifference[];
  /** The lake's links, to tell again what is missing. */
  readonly landed: IdentityGraph;
  readonly live: LiveIdentities;
}

/** Compares every identifier's customer in the table, by the lake's links from nothing, and in the lake's own view of it. */
export async function identityDifferences(target: Target, rules: IdentifierRules): Promise<IdentityComparison> {
  const [landed, live, { rows }] = await Promise.all([
    landedIdentities(target),
    liveIdentities(target),
    runQuery(target, 'SELECT identifier_type, identifier_hash, customer_id FROM v_customers_identity'),
  ]);
  const viewed = new Map(rows.map((row) => [`${row.identifier_type}:${row.identifier_hash}`, String(row.customer_id)]));
  return { ...compareIdentities(landed, live, viewed, rules), landed, live };
}

/** The same of what was read. An identifier that nothing links is a customer of its own. */
export function compareIdentities(
  landed: IdentityGraph,
  { customers, wrongPointers, unseenPersonas }: Pick<LiveIdentities, 'customers' | 'wrongPointers' | 'unseenPersonas'>,
  viewed: ReadonlyMap<string, string>,
  rules: IdentifierRules,
): Pick<IdentityComparison, 'identifiers' | 'differences'> {
  const folded = new Map(
    partitionOf(landed, rules).groups.flatMap(({ customerId, members }) => members.map((key) => [key, customerId])),
  );
  const keys = new Set([...folded.keys(), ...customers.keys(), ...viewed.keys()]);
  const differences = [...keys].sort().flatMap((key): IdentityDifference[] => {
    const [table, lake, view] = [customers, folded, viewed].map((map) => map.get(key) ?? personaOfKey(key));
    return table === lake && table === view
      ? []
      : [
          {
            key,
            detail: `is of ${table} in the table, of ${lake} by the lake’s links, of ${view} in v_customers_identity`,
          },
        ];
  });
  const pointers = wrongPointers.map((personaId) => ({
    key: personaId,
    detail: 'has a pointer that is not its cluster’s',
  }));
  const unseen = unseenPersonas.map((personaId) => ({
    key: personaId,
    detail: 'has a profile, and its customer does not know of it',
  }));
  return { identifiers: keys.size, differences: [...differences, ...pointers, ...unseen] };
}
