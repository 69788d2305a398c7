import * as z from 'zod';
import { Rejection } from '#contracts/wire/rejection.ts';
import { CampaignRun } from '#domain/campaign/campaign-run.ts';
import { Contact } from '#domain/campaign/contact.ts';
import { PastItem } from '#domain/catalogue/stored-catalogue.ts';
import { Trust } from '#domain/credential/trust.ts';
import { CapturedDisposition, UnknownDisposition } from '#domain/disposition/captured-disposition.ts';
import { IdentityChange } from '#domain/identity/identity-change.ts';
import { Interaction } from '#domain/interaction/interaction.ts';
import { WaitingPresentation } from '#domain/propensity/waiting-presentation.ts';
import { MadeDecision } from './decision-made.ts';

/** Source of every event that Lemniscate puts on the bus. */
export const busSource = 'lemniscate';

const envelope = {
  id: z.string(),
  occurredAt: z.iso.datetime(),
  schemaVersion: z.literal(1),
};

/** Interactions that arrived in one request, by persona and in their order there: packed because the bus bills by 64 KB. */
export const InteractionsReceived = z.object({
  ...envelope,
  personas: z.array(z.object({ personaId: z.string(), interactions: z.array(Interaction).min(1) })).min(1),
});
export type InteractionsReceived = z.infer<typeof InteractionsReceived>;

/** Events of one request that could be read but were not valid. */
export const InteractionsRejected = z.object({
  ...envelope,
  touchpoint: z.string(),
  /** Whose word it was, so that a public key’s is not the operator’s when it is recovered. */
  trust: Trust.optional(),
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

const identityChanges = z.object({ ...envelope, changes: z.array(IdentityChange).min(1) });

/** Identifiers that came together, and of which customer they are now; a consumer dedupes by cluster, epoch and index. */
export const IdentityLinked = identityChanges;
/** Customers that became one. */
export const IdentityMerged = identityChanges;
/** Links that joined nobody, for a person to look at. */
export const IdentityMergeRefused = identityChanges;
/** Customers that became several, because somebody asked, an identifier is shared or no more so, or a limit fell otherwise. */
export const IdentityUnmerged = identityChanges;

const segmentChange = z.object({ ...envelope, customerId: z.string(), segmentId: z.string(), version: z.int() });

/** A customer is in a segment from now on; its id tells repeats apart. */
export const SegmentEntered = segmentChange;
/** A customer is in a segment no more; its id tells repeats apart. */
export const SegmentExited = segmentChange;

/** Customers whose segments change by the passing of time at `dueAt`, many together, because the bus bills by 64 KB. */
export const SegmentsDue = z.object({
  ...envelope,
  dueAt: z.iso.datetime(),
  customerIds: z.array(z.string()).min(1),
});
export type SegmentsDue = z.infer<typeof SegmentsDue>;

/** Decisions that were made, packed because the bus bills by 64 KB; a consumer dedupes by `decisionId`. */
export const DecisionMade = z.object({ ...envelope, decisions: z.array(MadeDecision).min(1) });

/** What customers did with treatments; a consumer dedupes by decision, treatment and disposition. */
export const DispositionCaptured = z.object({
  ...envelope,
  dispositions: z.array(CapturedDisposition),
  /** Of decisions that nobody knows. */
  unknown: z.array(UnknownDisposition).default([]),
});
export type DispositionCaptured = z.infer<typeof DispositionCaptured>;

/** Items of the catalogue as somebody saved or deleted them; a consumer dedupes by `version`, and the greatest of an item is its last. */
export const CatalogueChanged = z.object({
  ...envelope,
  changes: z
    .array(
      z.object({
        ...PastItem.pick({ kind: true, id: true, version: true }).shape,
        /** The item from then on, with the defaults of its kind; absent when it was deleted. */
        item: PastItem.shape.item,
        changedAt: PastItem.shape.updatedAt,
        /** Id of the credential that changed it. */
        changedBy: PastItem.shape.updatedBy,
      }),
    )
    .min(1),
});

/** Presentations whose answer is overdue, whether it came meanwhile or not; a consumer dedupes by decision and treatment. */
export const PresentationsUnanswered = z.object({
  ...envelope,
  presentations: z.array(WaitingPresentation).min(1),
});

/** What became of customers of campaigns' runs, packed; a consumer dedupes by run, customer, state and time. */
export const CampaignContactsChanged = z.object({ ...envelope, contacts: z.array(Contact).min(1) });

/** A run of a campaign as it is from now on; a consumer dedupes by `runId` and `version`. */
export const CampaignRunChanged = z.object({
  ...envelope,
  run: CampaignRun.omit({ customers: true, campaign: true, budgetPrices: true, prices: true, pausedFrom: true }),
});

/** Detail types of the bus with the schema of each one's detail. */
export const busEvents = {
  InteractionsReceived,
  InteractionsRejected,
  ProfileChanged,
  IdentityLinked,
  IdentityMerged,
  IdentityMergeRefused,
  IdentityUnmerged,
  SegmentEntered,
  SegmentExited,
  SegmentsDue,
  DecisionMade,
  DispositionCaptured,
  CatalogueChanged,
  PresentationsUnanswered,
  CampaignContactsChanged,
  CampaignRunChanged,
} as const;
export type BusDetailType = keyof typeof busEvents;
export type BusDetail<Type extends BusDetailType> = z.infer<(typeof busEvents)[Type]>;

/** One event for the bus: its detail type and its detail as JSON. */
export interface BusEntry {
  readonly detailType: BusDetailType;
  readonly detail: string;
}

/** What the entries of one publication have in common but for their ids. */
export interface Stamp {
  readonly newId: () => string;
  /** ISO 8601. */
  readonly occurredAt: string;
}

/** What an event says besides what every event of the bus has. */
export type BusBody<Type extends BusDetailType> = Omit<BusDetail<Type>, keyof typeof envelope>;

/** Makes a bus entry of what an event says, stamped as every event is. */
export function busEntry<Type extends BusDetailType>(
  detailType: Type,
  { newId, occurredAt }: Stamp,
  body: BusBody<Type>,
): BusEntry {
  const stamped: z.infer<z.ZodObject<typeof envelope>> = { id: newId(), occurredAt, schemaVersion: 1 };
  return { detailType, detail: JSON.stringify({ ...stamped, ...body }) };
}
