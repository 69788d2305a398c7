import type { Treatment } from '#domain/treatment/treatment.ts';
import type { Campaign } from './campaign.ts';

/** Whether a campaign may use a treatment: it can be shown at one of its placements, and is not left out by name. */
export function mayUse(
  { placements, offers, treatments }: Pick<Campaign, 'placements' | 'offers' | 'treatments'>,
  treatment: Pick<Treatment, 'treatmentId' | 'offerId' | 'placements'>,
): boolean {
  return (
    treatment.placements.some((id) => placements.includes(id)) &&
    (offers === undefined || offers.includes(treatment.offerId)) &&
    (treatments === undefined || treatments.includes(treatment.treatmentId))
  );
}
