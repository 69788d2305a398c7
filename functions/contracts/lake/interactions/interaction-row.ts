import { consentWords } from '#domain/consent/consent-words.ts';
import { commerceOf, type Purchase, type Refund } from '#domain/interaction/commerce.ts';
import type { Interaction } from '#domain/interaction/interaction.ts';
import { decimalsOf } from '#domain/interaction/money.ts';
import type { StatedAmounts } from '#domain/interaction/stated-money.ts';
import { cleanedText } from '#domain/privacy/cleaned-text.ts';
import { withoutAddresses, withoutPersonalData, withoutPersonalTraits } from '#domain/privacy/personal-data.ts';
import { boundedName } from '#domain/text/bounded-name.ts';
import { isObject } from '#domain/text/is-object.ts';
import type { JsonObject } from '#domain/text/json-object.ts';
import type { InteractionRow } from './interactions-table.ts';

/** The lake's row of an interaction: identifiers as keyed hashes, personal data gone. */
export function interactionToRow(interaction: Interaction, personaId: string): InteractionRow {
  const { purchase, refund, products } = commerceOf(interaction);
  return {
    message_id: interaction.messageId,
    type: interaction.type,
    event: cleanedText(interaction.event),
    name: cleanedText(interaction.name),
    occurred_at: interaction.occurredAt,
    received_at: interaction.receivedAt,
    sequence: interaction.sequence ?? 0,
    touchpoint: interaction.touchpoint,
    standing: interaction.standing ?? 'trusted',
    persona_id: personaId,
    user_key: interaction.userKey ?? null,
    anonymous_key: interaction.anonymousKey ?? null,
    group_key: interaction.groupKey ?? null,
    previous_key: interaction.previousKey ?? null,
    identifiers: (interaction.identifiers ?? []).map(({ key }) => key),
    order_id: purchase?.orderId ?? refund?.orderId ?? null,
    revenue_minor: purchase?.revenueMinor ?? null,
    ...moneyColumns(purchase, refund),
    product_ids: distinct(products.map((product) => product.productId)),
    categories: distinct(products.map((product) => product.category)),
    campaign: cleanedText(campaignOf(interaction.context)),
    channel: cleanedText(interaction.channel),
    consents: consentsSaid(interaction),
    properties: JSON.stringify(withoutPersonalData(interaction.properties)),
    traits: JSON.stringify(withoutPersonalTraits(interaction.traits)),
    context: JSON.stringify(withoutPersonalData(interaction.context)),
  };
}

function moneyColumns(purchase: Purchase | undefined, refund: Refund | undefined) {
  const currency = purchase?.currency ?? refund?.currency;
  const { revenue, total, value }: StatedAmounts = purchase?.amounts ?? refund?.amounts ?? {};
  const isNamed = refund?.kind === 'stated' && currency !== undefined;
  return {
    refund_minor: isNamed ? (revenue ?? total ?? value ?? null) : null,
    refund_kind: refund?.kind ?? null,
    refund_id: refund?.refundId ?? null,
    stated_revenue: revenue ?? null,
    stated_total: total ?? null,
    stated_value: value ?? null,
    currency: currency ?? null,
    currency_decimals: currency === undefined ? null : decimalsOf(currency),
  };
}

/** Name of the campaign that brought the customer: Segment's `context.campaign.name`. */
export function campaignOf(context: JsonObject): string | undefined {
  const campaign = isObject(context.campaign) ? context.campaign.name : undefined;
  return typeof campaign === 'string' && campaign.trim() !== '' ? campaign : undefined;
}

/** Categories come from outside too: they are kept as profiles keep them. */
function consentsSaid(interaction: Interaction): string[] {
  return consentWords(interaction).map(({ category, granted, isExplicit }) => {
    const name = withoutAddresses(boundedName(category));
    return `${isExplicit ? 'said' : 'stamped'} ${granted ? 'yes' : 'no'} ${name}`;
  });
}

function distinct(texts: readonly (string | undefined)[]): string[] {
  return [...new Set(texts.flatMap((text) => cleanedText(text) ?? []))];
}
