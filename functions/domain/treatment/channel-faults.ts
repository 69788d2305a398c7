import type { Placement } from '#domain/placement/placement.ts';
import { faultAt, type ItemFault } from '#domain/vocabulary/item-fault.ts';
import type { Treatment } from './treatment.ts';

/** A treatment and its placements have one channel. */
export interface Channels {
  readonly treatments: ReadonlyMap<string, Treatment>;
  readonly placements: ReadonlyMap<string, Placement>;
}

/** Placements of a treatment that are on another channel. */
export function channelFaultsOfTreatment(id: string, { treatments, placements }: Channels): readonly ItemFault[] {
  const treatment = treatments.get(id);
  if (treatment === undefined) return [];
  return treatment.placements.flatMap((placementId, index) => {
    const placement = placements.get(placementId);
    if (placement === undefined || placement.channel === treatment.channel) return [];
    const message = `"${placementId}" is on the channel ${placement.channel}, not ${treatment.channel}`;
    return [faultAt(['placements', index], message)];
  });
}

/** Treatments at a placement that are for another channel. */
export function channelFaultsOfPlacement(id: string, { treatments, placements }: Channels): readonly ItemFault[] {
  const channel = placements.get(id)?.channel;
  return [...treatments.values()]
    .filter((treatment) => treatment.placements.includes(id) && treatment.channel !== channel)
    .map((treatment) => faultAt(['channel'], `The treatment "${treatment.treatmentId}" is for ${treatment.channel}`));
}
