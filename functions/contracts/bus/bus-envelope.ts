import * as z from 'zod';
import { type BusDetailType, busEvents } from './bus-event.ts';

function enveloped<Type extends string, Detail extends z.ZodType>(type: Type, detail: Detail) {
  return z.object({ 'detail-type': z.literal(type), detail });
}

/** An event as EventBridge delivers it, told apart by its detail type. */
export const BusEnvelope = z.discriminatedUnion('detail-type', [
  enveloped('InteractionsReceived', busEvents.InteractionsReceived),
  enveloped('InteractionsRejected', busEvents.InteractionsRejected),
  enveloped('ProfileChanged', busEvents.ProfileChanged),
  enveloped('IdentityLinked', busEvents.IdentityLinked),
  enveloped('IdentityMerged', busEvents.IdentityMerged),
  enveloped('IdentityMergeRefused', busEvents.IdentityMergeRefused),
  enveloped('IdentityUnmerged', busEvents.IdentityUnmerged),
  enveloped('SegmentEntered', busEvents.SegmentEntered),
  enveloped('SegmentExited', busEvents.SegmentExited),
  enveloped('SegmentsDue', busEvents.SegmentsDue),
  enveloped('DecisionMade', busEvents.DecisionMade),
  enveloped('DispositionCaptured', busEvents.DispositionCaptured),
  enveloped('CatalogueChanged', busEvents.CatalogueChanged),
  enveloped('PresentationsUnanswered', busEvents.PresentationsUnanswered),
  enveloped('CampaignContactsChanged', busEvents.CampaignContactsChanged),
  enveloped('CampaignRunChanged', busEvents.CampaignRunChanged),
]);
export type BusEnvelope = z.infer<typeof BusEnvelope>;

/** Events of some types. */
export type BusEventOf<Type extends BusDetailType> = Extract<BusEnvelope, { 'detail-type': Type }>;
