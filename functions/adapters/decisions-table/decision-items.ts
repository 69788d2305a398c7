import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import type { Decision } from '#domain/decision/decision.ts';
import { encodeDecision } from '#domain/decision/encode-decision.ts';
import { parse } from '#runtime/parse.ts';
import { packTexts, unpackTexts } from './decision-packing.ts';
import { decisionPartition, decisionPartSort } from './keys.ts';

/** Dispositions of a decision come within 30 days; until 45 days late ones can be told from unknown ones. */
const keptSeconds = 45 * 86_400;
/** An item of DynamoDB holds 400 KB. */
const largestPart = 350 * 1024;

/** Decisions of one batch as items: one, or as many as their size needs. Each expires on its own. */
export function decisionItems(decisions: readonly [Decision, ...Decision[]]): Record<string, AttributeValue>[] {
  const [{ decisionId, atMs }] = decisions;
  return parts(decisions.map((decision) => encodeDecision(decision))).map((record, part) => ({
    pk: { S: decisionPartition(decisionId) },
    sk: { S: decisionPartSort(part) },
    record: { B: record },
    expiresAt: { N: String(Math.floor(atMs / 1000) + keptSeconds) },
  }));
}

const Item = z.object({ record: z.object({ B: z.instanceof(Uint8Array) }) });

/** The record of a decision among items of its partition. Throws {@link UnexpectedShapeError}. */
export function recordIn(items: readonly unknown[], decisionId: string): string | undefined {
  for (const item of items) {
    const text = unpackTexts(parse(Item, item, 'An item of decisions').record.B).find((each) =>
      each.includes(decisionId),
    );
    if (text !== undefined) return text;
  }
  return undefined;
}

function parts(texts: readonly string[]): Uint8Array[] {
  const whole = packTexts(texts);
  if (whole.length <= largestPart || texts.length === 1) return [whole];
  const middle = Math.ceil(texts.length / 2);
  return [...parts(texts.slice(0, middle)), ...parts(texts.slice(middle))];
}
