import { type Commerce, commerceOf } from '#domain/interaction/commerce.ts';
import type { Interaction } from '#domain/interaction/interaction.ts';
import { isPublic } from '#domain/interaction/standing.ts';
import { withoutAddresses } from '#domain/privacy/personal-data.ts';
import { boundedName } from '#domain/text/bounded-name.ts';
import { hash64 } from '#domain/text/stable-hash.ts';
import type { TimelineEntry } from './day-record.ts';

/** What the profile takes from an interaction besides its traits. */
export interface Digest {
  readonly messageId: string;
  /** When it happened, in epoch milliseconds. */
  readonly at: number;
  /** Its microseconds and its place in the request: see `sequenceOf`. */
  readonly sequence: number;
  /** When it arrived, in epoch milliseconds: it orders words of one time, words about consent, and whose browser came first. */
  readonly receivedAt: number;
  /** The day it belongs to: YYYY-MM-DD, UTC, by event time. */
  readonly day: string;
  /** The day under which repeats are known: that of the timestamp as it was told, which every resend has. */
  readonly toldDay: string;
  readonly commerce: Commerce;
  readonly orderId?: string;
  /** Under which the order is kept. */
  readonly orderKey?: string;
  /** Whether a public key told it. */
  readonly isPublic: boolean;
  readonly campaign?: string;
}

/** Reads what the profile needs from an interaction; names are in the form that records keep. */
export function digestOf(interaction: Interaction): Digest {
  const commerce = commerceOf(interaction);
  const orderId = commerce.purchase?.orderId ?? commerce.refund?.orderId;
  const campaign = campaignOf(interaction.context);
  return {
    messageId: keptId(interaction.messageId),
    at: Date.parse(interaction.occurredAt),
    sequence: interaction.sequence ?? 0,
    receivedAt: Date.parse(interaction.receivedAt),
    day: interaction.occurredAt.slice(0, 10),
    toldDay: (interaction.toldAt ?? interaction.occurredAt).slice(0, 10),
    commerce,
    isPublic: isPublic(interaction),
    ...(orderId ? { orderId: boundedName(orderId), orderKey: hash64(orderId) } : {}),
    ...(campaign ? { campaign: boundedName(withoutAddresses(campaign)) } : {}),
  };
}

/** The interaction's line in the timeline. */
export function timelineEntry(interaction: Interaction, digest: Digest): TimelineEntry {
  const label = interaction.type === 'track' ? interaction.event : interaction.name;
  const { purchase } = digest.commerce;
  return {
    messageId: digest.messageId,
    at: digest.at,
    type: interaction.type,
    touchpoint: boundedName(interaction.touchpoint),
    ...(label === undefined ? {} : { label: boundedName(label) }),
    ...(purchase === undefined
      ? {}
      : {
          purchase: {
            ...(digest.orderId === undefined ? {} : { orderId: digest.orderId }),
            currency: purchase.currency,
            revenueMinor: purchase.revenueMinor,
          },
        }),
  };
}

// A timeline meets the lake's entries by message id, so that an id that the door lets through (128 characters) stays whole.
function keptId(messageId: string): string {
  return messageId.length <= 128 ? messageId.toWellFormed() : boundedName(messageId);
}

// https://segment.com/docs/connections/spec/common/#context-fields-automatically-collected: context.campaign.name is utm_campaign.
function campaignOf({ campaign }: Interaction['context']): string | undefined {
  if (typeof campaign !== 'object' || campaign === null || !('name' in campaign)) return undefined;
  return typeof campaign.name === 'string' ? campaign.name : undefined;
}
