import { carrierOf } from '#domain/channel/carrier.ts';
import type { PushPlatform } from '#domain/channel/channel-message.ts';
import type { Unsubscription } from '#domain/channel/unsubscribe-token.ts';
import type { PlannedTreatment } from '#domain/decision/planned-treatment.ts';
import type { MessageOrder } from '#domain/message/render-message.ts';
import type { RuleProfile } from '#domain/rule/rule-profile.ts';

/** What a message is ordered with. */
export interface Ordered {
  readonly messageId: string;
  readonly decisionId: string;
  readonly decidedAtMs: number;
  readonly customerId: string;
  readonly placementId: string;
  readonly planned: Pick<PlannedTreatment, 'treatment' | 'offer'>;
  readonly profile: RuleProfile;
  readonly address: string;
  readonly nowMs: number;
  readonly validUntilMs: number;
}

/** What a message is made of; who may say no to it gets a link that does. */
export async function orderMessage(
  ordered: Ordered,
  unsubscribeUrl: (unsubscription: Unsubscription) => Promise<string>,
): Promise<MessageOrder> {
  const {
    messageId,
    decisionId,
    decidedAtMs,
    customerId,
    placementId,
    planned,
    profile,
    address,
    nowMs,
    validUntilMs,
  } = ordered;
  const { treatment, offer } = planned;
  const { treatmentId, channel, content } = treatment;
  const isPromotional = offer.kind === 'standard';
  const category = `${offer.purpose}:${channel}`;
  const hasLink = isPromotional && carrierOf(channel, content) === 'email';
  const link = hasLink ? await unsubscribeUrl({ personaId: customerId, category, decisionId, treatmentId }) : undefined;
  return {
    envelope: { messageId, decisionId, treatmentId, customerId, channel, isPromotional },
    subject: {
      traits: profile.traits,
      personal: profile.personal,
      offer,
      treatmentId,
      decisionId,
      decidedAtMs,
      ...(link === undefined ? {} : { unsubscribeUrl: link }),
    },
    content,
    placementId,
    personaId: customerId,
    address,
    platform: platformOf(profile),
    day: new Date(nowMs).toISOString().slice(0, 10),
    validUntilMs,
  };
}

/** By the trait that mobile SDKs set (Segment's `context.device.type`): ios, android. */
function platformOf({ traits }: RuleProfile): PushPlatform {
  return String(traits.get('device_type') ?? '').toLowerCase() === 'ios' ? 'APNS' : 'GCM';
}
