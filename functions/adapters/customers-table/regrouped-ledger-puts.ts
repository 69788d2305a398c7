import type { Store } from '#adapters/dynamodb/batch-reader.ts';
import { type ContactLedger, emptyLedger } from '#domain/contact-policy/contact-ledger.ts';
import { encodeLedger } from '#domain/contact-policy/ledger-codec.ts';
import { regroupLedgers } from '#domain/contact-policy/regroup-ledgers.ts';
import type { Cluster } from '#domain/identity/cluster.ts';
import type { ClusterChange } from '#domain/identity/cluster-step.ts';
import { personaOfKey } from '#domain/identity/identifier-key.ts';
import type { StoredLedger } from '#ports/contact-ledgers.ts';
import { ledgerOf, putOfLedger } from './contact-ledger-items.ts';
import { contactsKey } from './keys.ts';

/**
 * The contact ledgers of every customer that wins or loses somebody by a change, with the condition that no decision wrote to
 * them meanwhile. A customer that is no more gets one without personas: a decision on its way to it is refused.
 */
export async function regroupedLedgerPuts(
  store: Store,
  { before, cluster }: Pick<ClusterChange, 'before' | 'cluster'>,
  nowMs: number,
) {
  const moves = movesOf(before, cluster);
  const affected = new Set(moves.flatMap(({ from, to }) => (from === to ? [] : [from, to])));
  if (affected.size === 0) return [];
  const items = await store.read([...affected].map(contactsKey));
  const stored = new Map(
    [...affected].map((id): [string, StoredLedger] => [id, ledgerOf(id, items.get(contactsKey(id)))]),
  );
  const ledgers = new Map(
    [...stored].map(([customerId, { ledger }]): [string, ContactLedger] => {
      const own = moves.flatMap(({ personaId, from }) => (from === customerId ? [personaId] : []));
      return [customerId, ledger ?? emptyLedger(own)];
    }),
  );
  const customerOfPersona = new Map(
    moves.flatMap(({ personaId, from, to }) => (affected.has(from) || affected.has(to) ? [[personaId, to]] : [])),
  );
  return [...regroupLedgers(ledgers, customerOfPersona)].flatMap(([customerId, ledger]) => {
    const old = stored.get(customerId);
    if (old === undefined || (old.ledger !== undefined && encodeLedger(old.ledger) === encodeLedger(ledger))) return [];
    return [putOfLedger(old, ledger, nowMs)];
  });
}

interface Move {
  readonly personaId: string;
  readonly from: string;
  readonly to: string;
}

/** Every member's customer before, which is itself while nothing linked it, and after. */
function movesOf(before: readonly Cluster[], { members }: Cluster): Move[] {
  const known = new Map(before.flatMap((each) => [...each.members]));
  return [...members].map(([key, { customerId }]) => {
    const personaId = personaOfKey(key);
    return { personaId, from: known.get(key)?.customerId ?? personaId, to: customerId };
  });
}
