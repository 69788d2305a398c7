import { type AttributeValue, DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { unpackTexts } from '#adapters/decisions-table/decision-packing.ts';
import type { Decision } from '#domain/decision/decision.ts';
import { wholeDecision } from '#domain/decision/whole-decision.ts';
import { dispositionId, ToldDisposition } from '#domain/disposition/told-disposition.ts';
import { outputOf, type Target } from '#scripts/target/target.ts';
import type { TouchpointLog } from './touchpoint-log.ts';

/** All decisions and dispositions that a cloud has on record, also those that its table has forgotten meanwhile. */
export interface DecisionRegister {
  readonly decisions: ReadonlyMap<string, Decision>;
  /** By `dispositionId`. */
  readonly told: ReadonlyMap<string, ToldDisposition>;
  /** Logs of all touchpoints that asked. */
  readonly logs: readonly TouchpointLog[];
  /** Reads on; to be called at least each 40 days of the cloud's clock: a decision is kept for 45. */
  read(): Promise<void>;
  /** Takes what touchpoints know of a life that is over. */
  note(log: TouchpointLog): void;
}

const Item = z.object({ pk: z.object({ S: z.string() }), sk: z.object({ S: z.string() }) });
const DecisionItem = z.object({ record: z.object({ B: z.instanceof(Uint8Array) }) });
const DispositionItem = z.object({ told: z.object({ S: z.string() }) });

/** Watches the table of decisions. */
export function openDecisionRegister(target: Target): DecisionRegister {
  const decisions = new Map<string, Decision>();
  const told = new Map<string, ToldDisposition>();
  const logs: TouchpointLog[] = [];
  const known = new Set<string>();

  function learn(item: Record<string, AttributeValue>): void {
    const { pk, sk } = Item.parse(item);
    const key = `${pk.S} ${sk.S}`;
    if (known.has(key)) return;
    known.add(key);
    if (sk.S.startsWith('disposition:')) {
      const one = ToldDisposition.parse(JSON.parse(DispositionItem.parse(item).told.S));
      told.set(dispositionId(one), one);
      return;
    }
    for (const text of unpackTexts(DecisionItem.parse(item).record.B)) {
      const decision = wholeDecision(text);
      decisions.set(decision.decisionId, decision);
    }
  }

  return {
    decisions,
    told,
    logs,
    async read() {
      const client = new DynamoDBClient(target.client);
      const TableName = outputOf(target, 'DecisionsTableName');
      for await (const { Items = [] } of paginateScan({ client }, { TableName, ConsistentRead: true })) {
        for (const item of Items) learn(item);
      }
      client.destroy();
    },
    note: (log) => logs.push(log),
  };
}
