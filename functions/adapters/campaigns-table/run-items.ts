import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { marshall, unmarshall } from '@aws-sdk/util-dynamodb';
import * as z from 'zod';
import { CampaignRun } from '#domain/campaign/campaign-run.ts';
import { parse, parseJson } from '#runtime/parse.ts';
import { runKey } from './keys.ts';

const keptSeconds = 400 * 86_400;

const RunItem = z.object({ json: z.string() });

/** A run as an item. */
export function runItem(run: CampaignRun): Record<string, AttributeValue> {
  const { runId, version, startedAtMs } = run;
  return marshall({
    ...runKey(runId),
    version,
    json: JSON.stringify(run),
    expiresAt: Math.floor(startedAtMs / 1000) + keptSeconds,
  });
}

/** Reads an item of a run. Throws {@link UnexpectedShapeError}. */
export function runIn(item: Record<string, AttributeValue>): CampaignRun {
  return parseJson(CampaignRun, parse(RunItem, unmarshall(item), 'An item of a run').json, 'A run');
}
