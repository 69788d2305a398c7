import * as z from 'zod';
import { Disposition, dispositions } from '#domain/vocabulary/disposition.ts';
import { DispositionDetails } from './disposition-details.ts';

/** A disposition as it was told first; what is told of it again has no effect. */
export const ToldDisposition = z.object({
  decisionId: z.string(),
  treatmentId: z.string(),
  disposition: Disposition,
  occurredAt: z.iso.datetime({ precision: 3 }),
  receivedAt: z.iso.datetime({ precision: 3 }),
  touchpoint: z.string(),
  valueMinor: z.int().optional(),
  currency: z.string().optional(),
  details: DispositionDetails.optional(),
});
export type ToldDisposition = z.infer<typeof ToldDisposition>;

/** What a disposition is of. */
export type NamedDisposition = Pick<ToldDisposition, 'decisionId' | 'treatmentId' | 'disposition'>;

const idPrefix = 'disposition';

/** What makes two of them the same: also the message id under which it reaches the profile. At most 128 characters. */
export function dispositionId({ decisionId, treatmentId, disposition }: NamedDisposition): string {
  return `${dispositionIdPrefix(decisionId)}${treatmentId}:${disposition}`;
}

/** The disposition that an id names; undefined for the id of anything else. */
export function dispositionOfId(id: string): NamedDisposition | undefined {
  // Neither a decision's id nor a treatment's has a colon.
  const [of, decisionId = '', treatmentId = '', said, ...more] = id.split(':');
  const disposition = dispositions.find((known) => known === said);
  if (of !== idPrefix || disposition === undefined || more.length > 0) return undefined;
  return { decisionId, treatmentId, disposition };
}

/** What the ids of all dispositions of a decision begin with. */
export function dispositionIdPrefix(decisionId: string): string {
  return `${idPrefix}:${decisionId}:`;
}
