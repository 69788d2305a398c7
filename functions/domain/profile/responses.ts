import * as z from 'zod';
import type { Interaction } from '#domain/interaction/interaction.ts';
import { Disposition, dispositions } from '#domain/vocabulary/disposition.ts';
import { dispositionEvent } from '#domain/vocabulary/disposition-event.ts';
import type { BucketWindow, ReadonlyBuckets } from './calendar-buckets.ts';

/** Dispositions by day, UTC. A day with more of different treatments keeps a fixed sample of them. */
export const responseWindow: BucketWindow = { buckets: 184, names: 16 };

const id = z.string().regex(/^[a-z0-9][a-z0-9/_-]{0,63}$/);
const Properties = z.object({
  disposition: Disposition,
  treatment_id: id,
  offer_id: id,
  offer_group: id,
  channel: id,
});

/** A disposition as the profile remembers it. */
export interface Response {
  readonly disposition: Disposition;
  readonly treatmentId: string;
  readonly offerId: string;
  readonly group: string;
  readonly channel: string;
}

/** How often a customer did something with a treatment on a day (days since 1970-01-01, UTC). */
export interface CountedResponse extends Response {
  readonly day: number;
  readonly count: number;
}

/** The name under which a disposition is counted, or undefined for an interaction that is none. */
export function responseName({ type, event, properties }: Interaction): string | undefined {
  if (type !== 'track' || event !== dispositionEvent) return undefined;
  const read = Properties.safeParse(properties);
  if (!read.success) return undefined;
  const { disposition, treatment_id, offer_id, offer_group, channel } = read.data;
  return [disposition, treatment_id, offer_id, offer_group, channel].join('|');
}

/** The dispositions in the buckets. */
export function responsesIn(buckets: ReadonlyBuckets): CountedResponse[] {
  return [...buckets].flatMap(([day, names]) =>
    [...names].flatMap(([name, count]) => {
      const [said, treatmentId = '', offerId = '', group = '', channel = ''] = name.split('|');
      const disposition = dispositions.find((known) => known === said);
      return disposition === undefined ? [] : [{ day, count, disposition, treatmentId, offerId, group, channel }];
    }),
  );
}
