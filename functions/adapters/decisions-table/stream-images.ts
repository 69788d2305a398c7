import * as z from 'zod';
import { imageBytes } from '#adapters/dynamodb/image-bytes.ts';
import type { Decision } from '#domain/decision/decision.ts';
import { wholeDecision } from '#domain/decision/whole-decision.ts';
import { readText, unpackTexts } from './decision-packing.ts';
import { decisionSort } from './keys.ts';

/** A record of the stream of decisions, as the mapping filters it: a new item of decisions, read whole. */
export const DecisionRecord = z
  .object({
    eventName: z.literal('INSERT'),
    dynamodb: z.object({
      NewImage: z.object({ sk: z.object({ S: z.string().startsWith(decisionSort) }), record: imageBytes }),
    }),
  })
  .transform(({ dynamodb: { NewImage } }): readonly Decision[] =>
    unpackTexts(NewImage.record.B).map((text) => readText(text, wholeDecision)),
  );
