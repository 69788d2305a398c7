import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { sharedPart } from '#domain/decision/batch-decision-id.ts';
import type { Decision } from '#domain/decision/decision.ts';
import { decodeDecision, encodeDecision } from '#domain/decision/decision-codec.ts';
import { UnexpectedShapeError } from '#shared/errors.ts';
import { parse } from '#shared/parse.ts';
import { dictionaryPacking } from './dictionary-packing.ts';

/** Partition of a decision: those of one batch stand in one item. */
export const decisionPartition = (decisionId: string) => `decision#${sharedPart(decisionId)}`;
/** Sort key of the item of a batch, or of its first part. */
export const decisionSort = 'decision';

/** Dispositions of a decision come within 30 days; until 45 days late ones can be told from unknown ones. */
const keptSeconds = 45 * 86_400;
/** An item of DynamoDB holds 400 KB. */
const largestPart = 350 * 1024;

/** Decisions of one batch as items: one, or as many as their size needs. Each expires on its own. */
export function decisionItems(decisions: readonly [Decision, ...Decision[]]): Record<string, AttributeValue>[] {
  const [{ decisionId, atMs }] = decisions;
  return parts(decisions.map(encodeDecision)).map((record, part) => ({
    pk: { S: decisionPartition(decisionId) },
    sk: { S: part === 0 ? decisionSort : `${decisionSort}#${String(part).padStart(3, '0')}` },
    record: { B: record },
    expiresAt: { N: String(Math.floor(atMs / 1000) + keptSeconds) },
  }));
}

const Item = z.object({ record: z.object({ B: z.instanceof(Uint8Array) }) });

/** The decision of an id among items of its partition. Throws {@link UnexpectedShapeError}. */
export function decisionIn(items: readonly unknown[], decisionId: string): Decision | undefined {
  for (const item of items) {
    const text = textsIn(parse(Item, item, 'An item of decisions').record.B).find((each) => each.includes(decisionId));
    if (text !== undefined) return decoded(text);
  }
  return undefined;
}

/** All decisions of an item's record. Throws {@link UnexpectedShapeError}. */
export function decisionsOf(record: Uint8Array): Decision[] {
  return textsIn(record).map(decoded);
}

/** One decision packed alone. */
export function packDecision(decision: Decision): Uint8Array {
  return packed([encodeDecision(decision)]);
}

function parts(texts: readonly string[]): Uint8Array[] {
  const whole = packed(texts);
  if (whole.length <= largestPart || texts.length === 1) return [whole];
  const middle = Math.ceil(texts.length / 2);
  return [...parts(texts.slice(0, middle)), ...parts(texts.slice(middle))];
}

/** JSON on one line has no line break in it. */
function packed(texts: readonly string[]): Uint8Array {
  return packing.pack(texts.join('\n'));
}

function textsIn(record: Uint8Array): string[] {
  return packing.unpack(record).split('\n');
}

function decoded(text: string): Decision {
  try {
    return decodeDecision(text);
  } catch (cause) {
    throw new UnexpectedShapeError('A record of a decision can’t be decoded', { cause });
  }
}

const packing = dictionaryPacking(
  Buffer.from(
    [
      '"random-eligible","propensity-only","no-levers","eligibility-only","no-treatment","holdout","challenger","mean","lot",',
      '{"reason":"paused"}{"reason":"not_started","untilMs":{"reason":"ended"}{"reason":"value_unknown"}{"reason":"budget_unknown",',
      '{"reason":"budget_exhausted","budgetId":"{"reason":"quiet_hours","policyId":"{"reason":"resting","policyId":"',
      '{"reason":"consent_refused"}{"reason":"no_consent"}{"reason":"contact_cap","policyId":"","untilMs":17',
      '"call-centre","store","billing","telesales","app","sms","push","email","outbound","title":"","image":"","text":"",',
      ',0,{"reason":"not_suitable","of":"group"}],{"reason":"not_applicable","of":"treatment"}],{"reason":"not_eligible","of":"offer"}],',
      '{"schema":1,"ids":["019","-7","-8",0],"at":[17,"web",1],"catalogue":[,"],"told":[0,0],"currencies":["EUR"],"budgets":[],"placements":',
      '[{"placementId":"web/home-hero","channel":"web","direction":"inbound","strategyId":"","arm":"champion","variant":"","arbitration":',
      '{"usePropensity":true,"useContext":true,"useLevers":true,"usePrices":true,"exploration":"thompson"},"order":"score","limit":1,',
      '"features":"","heldOut":0,"rows":[["',
    ].join(''),
  ),
);
