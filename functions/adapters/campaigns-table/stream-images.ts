import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import * as z from 'zod';
import { toldSorts } from '#contracts/streams.ts';
import type { CampaignRun } from '#domain/campaign/campaign-run.ts';
import type { Contact } from '#domain/campaign/contact.ts';
import { isObject } from '#domain/text/is-object.ts';
import { contactIn } from './contact-items.ts';
import { runIn } from './run-items.ts';

/** What a record of the table's stream tells: a contact or a run as it is from then on. */
export type CampaignChange =
  | { readonly kind: 'contact'; readonly contact: Contact }
  | { readonly kind: 'run'; readonly run: CampaignRun };

const Image = z.record(z.string(), z.custom<AttributeValue>(isObject));
const Key = z.object({ S: z.string() });

/** A record of the stream, as the mapping filters it: of contacts and runs; what goes is told by nobody. */
export const CampaignRecord = z
  .object({ dynamodb: z.object({ Keys: z.object({ sk: Key }), NewImage: Image.optional() }) })
  .transform(({ dynamodb: { Keys, NewImage } }): readonly CampaignChange[] => {
    if (NewImage === undefined) return [];
    if (Keys.sk.S === toldSorts.campaigns.run) return [{ kind: 'run', run: runIn(NewImage) }];
    return [{ kind: 'contact', contact: contactIn(NewImage) }];
  });
