import * as z from 'zod';
import { Interaction } from '#domain/interaction/interaction.ts';
import { Rejection } from '#domain/interaction/rejection.ts';

/** Source of every event that Lemniscate puts on the bus. */
export const busSource = 'lemniscate';

const envelope = {
  id: z.string(),
  occurredAt: z.iso.datetime(),
  schemaVersion: z.literal(1),
};

/** Interactions of one customer key that arrived in one request, in their order there. */
export const InteractionsReceived = z.object({
  ...envelope,
  personaId: z.string(),
  interactions: z.array(Interaction).min(1),
});
export type InteractionsReceived = z.infer<typeof InteractionsReceived>;

/** Events of one request that could be read but were not valid. */
export const InteractionsRejected = z.object({
  ...envelope,
  touchpoint: z.string(),
  rejections: z.array(Rejection).min(1),
});
export type InteractionsRejected = z.infer<typeof InteractionsRejected>;

/** Profiles that changed, packed together because the bus bills by 64 KB; a consumer dedupes by `customerId` and `version`. */
export const ProfileChanged = z.object({
  ...envelope,
  changes: z
    .array(
      z.object({
        customerId: z.string(),
        personaId: z.string(),
        version: z.int(),
        isNew: z.boolean(),
      }),
    )
    .min(1),
});
export type ProfileChanged = z.infer<typeof ProfileChanged>;

/** Detail types of the bus with the schema of each one's detail. */
export const busEvents = { InteractionsReceived, InteractionsRejected, ProfileChanged } as const;
export type BusDetailType = keyof typeof busEvents;
export type BusDetail<Type extends BusDetailType> = z.infer<(typeof busEvents)[Type]>;

/** One event for the bus: its detail type and its detail as JSON. */
export interface BusEntry {
  readonly detailType: BusDetailType;
  readonly detail: string;
}

/** Makes a bus entry from a detail that its schema describes. */
export function busEntry<Type extends BusDetailType>(detailType: Type, detail: BusDetail<Type>): BusEntry {
  return { detailType, detail: JSON.stringify(detail) };
}
