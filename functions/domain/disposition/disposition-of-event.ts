import * as z from 'zod';
import { refusalOfEvent } from '#domain/consent/refusal-of-event.ts';
import { commerceOf } from '#domain/interaction/commerce.ts';
import type { Interaction } from '#domain/interaction/interaction.ts';
import type { Disposition } from '#domain/vocabulary/disposition.ts';
import { isPublicDisposition } from './public-dispositions.ts';

/** Events of the Segment specs that mean a disposition when they carry a `decision_id` (ecommerce, A/B testing, email, mobile). */
export const dispositionsOfEvents: Readonly<Record<string, Disposition>> = {
  'Promotion Viewed': 'presented',
  'Promotion Clicked': 'clicked',
  'Experiment Viewed': 'presented',
  'Email Opened': 'presented',
  'Email Link Clicked': 'clicked',
  'Email Bounced': 'bounced',
  'Email Marked as Spam': 'complained',
  Unsubscribed: 'unsubscribed',
  'Push Notification Received': 'presented',
  'Push Notification Tapped': 'clicked',
  'Push Notification Bounced': 'bounced',
  'Order Completed': 'converted',
};

/** Where these events say which treatment it was; the decision's only one when none does. */
const treatmentFields = ['treatment_id', 'promotion_id', 'variation_id', 'campaign_id'] as const;

const Properties = z.looseObject({ decision_id: z.uuid() });
const Id = z.string().min(1).max(64);

/** What an event says about a decision. */
export interface EventDisposition {
  readonly decisionId: string;
  /** Names that may be the treatment's, the likeliest first. */
  readonly treatmentNames: readonly string[];
  readonly disposition: Disposition;
  readonly value: { readonly amountMinor: number; readonly currency: string } | undefined;
}

/** The disposition that an interaction means, if it means one; a public key's word has its bounds. */
export function dispositionOfEvent(interaction: Interaction): EventDisposition | undefined {
  const { type, event, properties } = interaction;
  if (type !== 'track' || event === undefined) return undefined;
  const known = Object.hasOwn(dispositionsOfEvents, event) ? dispositionsOfEvents[event] : undefined;
  const refusal = refusalOfEvent(interaction);
  // A bounce that may be none the next time is no disposition: it would suppress the address.
  const disposition = known === 'bounced' ? refusal?.kind : (known ?? refusal?.kind);
  const read = Properties.safeParse(properties);
  if (disposition === undefined || !read.success) return undefined;
  const isTrusted = (interaction.standing ?? 'trusted') === 'trusted';
  if (!isTrusted && !isPublicDisposition(disposition)) return undefined;
  const purchase = isTrusted ? commerceOf(interaction).purchase : undefined;
  return {
    decisionId: read.data.decision_id,
    treatmentNames: treatmentFields.flatMap((field) => Id.safeParse(properties[field]).data ?? []),
    disposition,
    value: purchase === undefined ? undefined : { amountMinor: purchase.revenueMinor, currency: purchase.currency },
  };
}
